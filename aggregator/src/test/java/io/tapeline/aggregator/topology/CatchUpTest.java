package io.tapeline.aggregator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.aggregator.line.LineKind;
import io.tapeline.schemas.market.EpochMicros;
import org.junit.jupiter.api.Test;

class CatchUpTest {

    private static final long SECOND = 1_000_000;
    private static final EpochMicros TAKEN_OVER = new EpochMicros(100 * SECOND);

    private final CatchUp catchUp = new CatchUp();

    private static EpochMicros later(long seconds) {
        return new EpochMicros(TAKEN_OVER.value() + seconds * SECOND);
    }

    @Test
    void aPartitionIsBehindUntilARecordOfThePresentHasBeenProcessed() {
        CatchUp.Progress progress = catchUp.begins(LineKind.DEPTH, 3, TAKEN_OVER);
        assertThat(catchUp.isDone(LineKind.DEPTH, 3, later(0))).isFalse();
        progress.processed(later(-9), later(0));
        assertThat(catchUp.isDone(LineKind.DEPTH, 3, later(1))).isFalse();
        progress.processed(later(-1), later(1));
        assertThat(catchUp.isDone(LineKind.DEPTH, 3, later(1))).isTrue();
        progress.processed(later(3), later(60));
        assertThat(catchUp.isDone(LineKind.DEPTH, 3, later(60))).as("once is enough").isTrue();
    }

    @Test
    void whereNothingComesThereIsNothingToCatchUpWith() {
        CatchUp.Progress progress = catchUp.begins(LineKind.KLINES, 0, TAKEN_OVER);
        progress.processed(later(-9), later(1));
        assertThat(catchUp.isDone(LineKind.KLINES, 0, later(11))).isFalse();
        assertThat(catchUp.isDone(LineKind.KLINES, 0, later(12))).isTrue();
    }

    @Test
    void itBeginsAnewWhenThePartitionIsTakenOverAgain() {
        catchUp.begins(LineKind.KLINES, 0, TAKEN_OVER).processed(later(0), later(0));
        assertThat(catchUp.isDone(LineKind.KLINES, 0, later(0))).isTrue();
        catchUp.begins(LineKind.KLINES, 0, later(1));
        assertThat(catchUp.isDone(LineKind.KLINES, 0, later(1))).isFalse();
        assertThat(catchUp.isDone(LineKind.DEPTH, 0, later(9))).as("never held").isFalse();
    }
}
