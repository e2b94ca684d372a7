package io.tapeline.ingestor.share;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class HoldingTest {

    private final Holding holding = new Holding(seconds(3));

    @Test
    void whatIsRevokedIsCarriedOnForTheTimeOfTheHandover() {
        holding.assigned(List.of(0, 1));
        holding.revoked(List.of(1), seconds(10));
        assertThat(holding.given()).containsExactly(0);
        assertThat(holding.carried(seconds(12))).containsExactly(0, 1);
        assertThat(holding.nextEndNanos(seconds(12))).isEqualTo(OptionalLong.of(seconds(13)));
        assertThat(holding.carried(seconds(13))).containsExactly(0);
        assertThat(holding.nextEndNanos(seconds(13))).isEmpty();
    }

    @Test
    void whatIsGivenBackInTimeIsNeverInterrupted() {
        holding.assigned(List.of(0));
        holding.revoked(List.of(0), seconds(1));
        holding.assigned(List.of(0));
        assertThat(holding.carried(seconds(60))).containsExactly(0);
    }

    @Test
    void withoutAHandoverWhatIsRevokedEndsAtOnceAndWhatIsLostAfterTheTimeToJoinAgain() {
        Holding alone = new Holding(0);
        alone.assigned(List.of(0, 1));
        alone.revoked(List.of(0), seconds(1));
        assertThat(alone.carried(seconds(1))).containsExactly(1);
        alone.lost(List.of(1), seconds(1));
        assertThat(alone.carried(seconds(2))).containsExactly(1);
        assertThat(alone.carried(seconds(4))).isEmpty();
    }

    @Test
    void whatWasNeverGivenCannotBeRevoked() {
        holding.revoked(List.of(4), seconds(1));
        assertThat(holding.carried(seconds(1))).isEmpty();
    }

    private static long seconds(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
