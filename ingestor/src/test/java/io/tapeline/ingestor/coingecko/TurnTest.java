package io.tapeline.ingestor.coingecko;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TurnTest {

    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final Duration PACE = Duration.ofSeconds(268);

    private final Deque<CompletableFuture<Optional<Instant>>> readings = new ArrayDeque<>();
    private final Turn turn =
            new Turn(
                    new CallAccount() {
                        @Override
                        public CompletableFuture<Optional<Instant>> newestCall() {
                            CompletableFuture<Optional<Instant>> reading =
                                    new CompletableFuture<>();
                            readings.add(reading);
                            return reading;
                        }

                        @Override
                        public CompletableFuture<Void> called(Instant time) {
                            throw new AssertionError("called");
                        }
                    });

    @Test
    void aTurnBeginsWhereTheInstallationsLastCallLeftOff() {
        assertThat(turn.firstDue(NOW, PACE)).isEmpty();
        assertThat(turn.firstDue(NOW, PACE)).isEmpty();
        readings.remove().complete(Optional.of(NOW.minusSeconds(100)));
        assertThat(turn.firstDue(NOW, PACE)).contains(NOW.plusSeconds(168));
        turn.leave();
        turn.firstDue(NOW, PACE);
        readings.remove().complete(Optional.empty());
        assertThat(turn.firstDue(NOW, PACE)).contains(NOW);
    }

    @Test
    void withoutTheAccountThereIsNoCallAndItIsReadAgain() {
        turn.firstDue(NOW, PACE);
        readings.remove().completeExceptionally(new IllegalStateException("Kafka is away"));
        assertThat(turn.firstDue(NOW, PACE)).isEmpty();
        assertThat(turn.firstDue(NOW.plusSeconds(4), PACE)).isEmpty();
        assertThat(readings).isEmpty();
        assertThat(turn.firstDue(NOW.plusSeconds(5), PACE)).isEmpty();
        readings.remove().complete(Optional.empty());
        assertThat(turn.firstDue(NOW.plusSeconds(6), PACE)).contains(NOW.plusSeconds(6));
    }

    @Test
    void aCallThatIsYetToComeIsAnErrorOfAClockAndHoldsNothingUp() {
        turn.firstDue(NOW, PACE);
        readings.remove().complete(Optional.of(NOW.plusSeconds(1)));
        assertThat(turn.firstDue(NOW, PACE)).contains(NOW);
    }
}
