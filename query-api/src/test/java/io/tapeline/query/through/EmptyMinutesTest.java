package io.tapeline.query.through;

import static io.tapeline.query.history.Minutes.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.schemas.market.EpochMicros;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Spans beside a bit for each minute. */
final class EmptyMinutesTest {

    private static final EpochMicros START = at("2024-08-08T00:00:00Z");
    private static final int ALL = 300;

    private static EpochMicros minute(int index) {
        return MinuteSpan.plus(START, index);
    }

    @Test
    void spansTellTheSameAsABitForEachMinute() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            EmptyMinutes empty = new EmptyMinutes();
            BitSet bits = new BitSet();
            for (int i = 0; i < 12; i++) {
                int from = random.nextInt(ALL);
                int to = Math.min(ALL, from + random.nextInt(40));
                empty.add(new MinuteSpan(minute(from), minute(to)));
                bits.set(from, to);
                for (int at = 0; at < ALL; at++) {
                    assertThat(empty.skipForward(minute(at)))
                            .isEqualTo(minute(bits.nextClearBit(at)));
                    assertThat(empty.skipBackward(minute(at + 1)))
                            .isEqualTo(minute(bits.previousClearBit(at) + 1));
                }
                int first = random.nextInt(ALL);
                int last = first + random.nextInt(ALL - first);
                assertThat(empty.count(new MinuteSpan(minute(first), minute(last))))
                        .isEqualTo(bits.get(first, last).cardinality());
            }
        }
    }
}
