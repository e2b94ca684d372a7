package io.tapeline.capture.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.capture.record.PartitionMerge.Empty;
import io.tapeline.capture.record.PartitionMerge.Entry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PartitionMergeTest {

    private static final long WINDOW = 100;

    private final PartitionMerge<String> merge = new PartitionMerge<>(2, WINDOW);

    private void add(int partition, long received, long arrived, String record) {
        merge.add(new Entry<>(partition, received, 0, 1, arrived, record));
    }

    private List<String> polled(long now) {
        List<String> out = new ArrayList<>();
        for (Entry<String> next = merge.poll(now); next != null; next = merge.poll(now)) {
            out.add(next.record());
        }
        return out;
    }

    @Test
    void theEarlierOfTwoHeadsGoesFirstAndTheLastWaitsForTheOtherPartition() {
        add(0, 1, 0, "a1");
        add(0, 5, 0, "a5");
        add(1, 3, 0, "b3");
        assertThat(polled(0)).containsExactly("a1", "b3");
    }

    @Test
    void aPartitionThatIsBehindIsWaitedForHoweverLong() {
        add(0, 1, 0, "a1");
        merge.whenEmpty(1, Empty.BEHIND);
        assertThat(polled(1_000_000)).isEmpty();
        add(1, 0, 0, "b0");
        assertThat(polled(1_000_000)).containsExactly("b0");
    }

    @Test
    void aPartitionWithoutRecordsIsWaitedForAsLongAsTheWindow() {
        add(0, 1, 50, "a1");
        merge.whenEmpty(1, Empty.CAUGHT_UP);
        assertThat(polled(149)).isEmpty();
        assertThat(polled(150)).containsExactly("a1");
    }

    @Test
    void aPartitionThatHasEndedIsNotWaitedFor() {
        add(0, 1, 50, "a1");
        merge.whenEmpty(1, Empty.ENDED);
        assertThat(polled(50)).containsExactly("a1");
        assertThat(merge.isOver()).isFalse();
        merge.whenEmpty(0, Empty.ENDED);
        assertThat(merge.isOver()).isTrue();
    }

    @Test
    void aPartitionsOwnOrderIsKeptAgainstTheReceiveTimes() {
        add(0, 9, 0, "a9");
        add(0, 1, 0, "a1");
        add(1, 5, 0, "b5");
        merge.whenEmpty(0, Empty.ENDED);
        merge.whenEmpty(1, Empty.ENDED);
        assertThat(polled(0)).containsExactly("b5", "a9", "a1");
        assertThat(merge.waitingBytes(0)).isZero();
    }

    @Test
    void orderedPartitionsBecomeOneOrderedSequence() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        PartitionMerge<Long> many = new PartitionMerge<>(5, WINDOW);
        List<Long> all = new ArrayList<>();
        for (int partition = 0; partition < 5; partition++) {
            long time = 0;
            for (int i = random.nextInt(50); i > 0; i--) {
                time += random.nextInt(3);
                all.add(time);
                many.add(new Entry<>(partition, time, i, 1, 0, time));
            }
            many.whenEmpty(partition, Empty.ENDED);
        }
        List<Long> merged = new ArrayList<>();
        for (Entry<Long> next = many.poll(0); next != null; next = many.poll(0)) {
            merged.add(next.record());
        }
        all.sort(Comparator.naturalOrder());
        assertThat(merged).as("seed %d", seed).isEqualTo(all);
    }
}
