package io.tapeline.aggregator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.aggregator.line.LineKind;
import io.tapeline.aggregator.topology.CatchUp.Input;
import io.tapeline.aggregator.topology.CatchUp.State;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CatchUpTest {

    private static final Duration WITHIN = Duration.ofSeconds(3);
    private static final Input DEPTH = new Input(LineKind.DEPTH, 3);
    private static final Input KLINES = new Input(LineKind.KLINES, 0);

    /** Before its overflow, as the clock may stand. */
    private static final long TAKEN_OVER = Long.MAX_VALUE - 1_000_000;

    private final CatchUp catchUp = new CatchUp();

    private static long later(int seconds) {
        return TAKEN_OVER + Duration.ofSeconds(seconds).toNanos();
    }

    private CatchUp.Progress begins(Input input) {
        return catchUp.begins(input.kind(), input.partition());
    }

    private State at(Input input, long nanos) {
        return catchUp.of(input.kind(), input.partition(), WITHIN, nanos);
    }

    @Test
    void aPartitionIsBehindUntilAllThatWasThereAtTheTakeoverHasBeenProcessed() {
        CatchUp.Progress progress = begins(DEPTH);
        catchUp.startsAt(DEPTH, 90);
        catchUp.endsAt(DEPTH, 100, later(0));
        assertThat(at(DEPTH, later(1))).isEqualTo(State.BEHIND);
        progress.processed(98);
        assertThat(at(DEPTH, later(1))).isEqualTo(State.BEHIND);
        progress.processed(99);
        assertThat(at(DEPTH, later(1))).isEqualTo(State.PRESENT);
    }

    @Test
    void whereNothingComesThereIsNothingToCatchUpWith() {
        begins(KLINES);
        catchUp.endsAt(KLINES, 7, later(0));
        assertThat(at(KLINES, later(0))).isEqualTo(State.BEHIND);
        assertThat(catchUp.withoutStart()).containsExactly(KLINES);
        catchUp.startsAt(KLINES, 7);
        assertThat(at(KLINES, later(0))).isEqualTo(State.PRESENT);
        assertThat(catchUp.withoutStart()).isEmpty();
    }

    @Test
    void whatStaysTooLongUnprocessedIsNoLongerOfThePresent() {
        CatchUp.Progress progress = begins(DEPTH);
        progress.processed(99);
        catchUp.endsAt(DEPTH, 100, later(0));
        catchUp.endsAt(DEPTH, 105, later(1));
        catchUp.endsAt(DEPTH, 110, later(2));
        assertThat(at(DEPTH, later(3))).as("as of 3 s ago").isEqualTo(State.PRESENT);
        assertThat(at(DEPTH, later(3) + 1)).isEqualTo(State.BEHIND);
        progress.processed(104);
        assertThat(at(DEPTH, later(3) + 1)).as("as of 2 s ago").isEqualTo(State.PRESENT);
    }

    @Test
    void withoutWordOfKafkaNothingIsOfThePresentHoweverFarItHasCome() {
        CatchUp.Progress progress = begins(DEPTH);
        assertThat(at(DEPTH, later(0))).isEqualTo(State.UNHEARD);
        assertThat(catchUp.isHeard(WITHIN, later(0))).isFalse();
        catchUp.endsAt(DEPTH, 100, later(0));
        progress.processed(99);
        assertThat(at(DEPTH, later(3))).isEqualTo(State.PRESENT);
        assertThat(catchUp.isHeard(WITHIN, later(3))).isTrue();
        assertThat(at(DEPTH, later(3) + 1)).isEqualTo(State.UNHEARD);
        assertThat(catchUp.isHeard(WITHIN, later(3) + 1)).isFalse();
        catchUp.endsAt(DEPTH, 100, later(9));
        assertThat(at(DEPTH, later(9))).isEqualTo(State.PRESENT);
    }

    @Test
    void theNewestEndsAreKept() {
        begins(DEPTH).processed(99);
        for (int i = 0; i <= CatchUp.MOST_ENDS; i++) {
            catchUp.endsAt(DEPTH, 100 + i, later(0));
        }
        assertThat(at(DEPTH, later(0))).isEqualTo(State.BEHIND);
        catchUp.endsAt(DEPTH, 100, later(0));
        assertThat(at(DEPTH, later(0))).isEqualTo(State.PRESENT);
    }

    @Test
    void itBeginsAnewWhenThePartitionIsTakenOverAgain() {
        CatchUp.Progress first = begins(KLINES);
        first.processed(6);
        catchUp.endsAt(KLINES, 7, later(0));
        assertThat(at(KLINES, later(0))).isEqualTo(State.PRESENT);
        CatchUp.Progress second = begins(KLINES);
        catchUp.ends(KLINES.kind(), KLINES.partition(), first);
        assertThat(at(KLINES, later(0))).isEqualTo(State.BEHIND);
        second.processed(6);
        assertThat(at(KLINES, later(0))).isEqualTo(State.PRESENT);
        catchUp.ends(KLINES.kind(), KLINES.partition(), second);
        assertThat(at(KLINES, later(0))).as("held no more").isEqualTo(State.BEHIND);
        assertThat(at(DEPTH, later(0))).as("never held").isEqualTo(State.UNHEARD);
    }
}
