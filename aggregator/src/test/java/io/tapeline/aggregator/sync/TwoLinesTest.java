package io.tapeline.aggregator.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.aggregator.book.Books;
import io.tapeline.aggregator.book.DecimalOrderBook;
import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.market.DepthSnapshot;
import io.tapeline.schemas.market.DepthUpdate;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import io.tapeline.schemas.market.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two lines that cut the same ids differently (EXCHANGES.md A.5, traps), each with its own delay
 * and its own losses, of which no id is lost by both: together they tell the same tape as a single
 * line that loses nothing, without a gap, a reset or a request.
 */
class TwoLinesTest {

    private static final int IDS = 20_000;
    private static final long ID_MICROS = 10_000;
    private static final int STRETCH = 50;

    private final List<int[]> changes = new ArrayList<>();

    /** An update on its way. */
    private record Flying(EpochMicros arrives, DepthUpdate update) {}

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void tellTheTapeOfASingleLineThatLosesNothing(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < IDS; i++) {
            int side = random.nextInt(2);
            int price = side == 0 ? 999 - random.nextInt(25) : 1_001 + random.nextInt(25);
            changes.add(
                    new int[] {side, price, random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(50)});
        }
        List<Flying> whole = line(random, 2, 0);
        List<Flying> both = new ArrayList<>(line(random, 0, 180_000));
        both.addAll(line(random, 1, 0));
        both.sort(Comparator.comparing(Flying::arrives));

        Reader single = new Reader().read(whole);
        Reader two = new Reader().read(both);

        assertThat(single.troubles).as("seed %s, single", seed).isEmpty();
        assertThat(two.troubles).as("seed %s", seed).isEmpty();
        assertThat(two.early).as("seed %s", seed).isPositive();
        assertThat(two.follower.updateId()).isEqualTo(IDS);
        int compared = 0;
        for (Map.Entry<Long, Levels> bids : two.bids.entrySet()) {
            Levels same = single.bids.get(bids.getKey());
            if (same != null) {
                compared++;
                assertThat(bids.getValue())
                        .as("seed %s, update %s", seed, bids.getKey())
                        .isEqualTo(same);
            }
        }
        assertThat(compared).as("seed %s", seed).isGreaterThan(500);
        for (Side side : Side.values()) {
            assertThat(two.follower.top(side, 100)).isEqualTo(single.follower.top(side, 100));
        }
    }

    /**
     * @param loses 0 or 1: in its own half of the stretches of ids; 2: never
     * @param delayMicros beside up to 100 ms of its own each time
     */
    private List<Flying> line(Random random, int loses, long delayMicros) {
        List<Flying> line = new ArrayList<>();
        long first = 1;
        while (first <= IDS) {
            long last = Math.min(IDS, first + random.nextInt(10));
            boolean lost =
                    (first / STRETCH) % 2 == loses
                            && (last / STRETCH) % 2 == loses
                            && random.nextInt(3) == 0;
            if (!lost) {
                // Now and then one overtakes the one before: a connection is being replaced.
                long arrives = last * ID_MICROS + delayMicros + random.nextInt(100_000);
                line.add(new Flying(new EpochMicros(arrives), update(first, last)));
            }
            first = last + 1;
        }
        line.sort(Comparator.comparing(Flying::arrives));
        return line;
    }

    private DepthUpdate update(long first, long last) {
        TreeMap<Integer, Integer> bids = new TreeMap<>();
        TreeMap<Integer, Integer> asks = new TreeMap<>();
        for (long id = first; id <= last; id++) {
            int[] change = changes.get((int) id - 1);
            (change[0] == 0 ? bids : asks).put(change[1], change[2]);
        }
        return Books.update(first, last, levels(bids), levels(asks));
    }

    private static Levels levels(TreeMap<Integer, Integer> side) {
        return Levels.of(
                side.keySet().stream().map(price -> new Price(Decimal.of(price, 1))).toList(),
                side.values().stream()
                        .map(quantity -> new Quantity(Decimal.of(quantity, 2)))
                        .toList());
    }

    /** One who synchronises, and one who follows what is told. */
    private static final class Reader {
        private final SynchronisedBook book =
                new SynchronisedBook(Books.BTC, new BookSync(SyncSettings.DEFAULT));
        private final DecimalOrderBook follower = new DecimalOrderBook();
        private final Map<Long, Levels> bids = new TreeMap<>();
        private final List<Effect> troubles = new ArrayList<>();
        private int early;

        Reader read(List<Flying> messages) {
            DepthSnapshot nothing = Books.snapshot(0, Levels.EMPTY, Levels.EMPTY);
            EpochMicros now = new EpochMicros(0);
            take(book.accept(nothing, new RecordSource(0, 0, now), now));
            for (Flying message : messages) {
                while (message.arrives().value() - now.value() > 100_000) {
                    now = new EpochMicros(now.value() + 100_000);
                    take(book.tick(now));
                }
                now = message.arrives();
                take(book.accept(message.update(), new RecordSource(0, 0, now), now));
                take(book.tick(now));
            }
            return this;
        }

        private void take(SyncStep step) {
            if (step.fate() == Fate.BUFFERED) {
                early++;
            }
            for (Effect effect : step.effects()) {
                switch (effect) {
                    case Effect.Apply(DepthUpdate update, long previous, _) -> {
                        assertThat(previous).isEqualTo(follower.updateId());
                        follower.apply(update);
                        bids.put(follower.updateId(), follower.top(Side.BID, 100));
                    }
                    case Effect.Replace(DepthSnapshot snapshot, _) -> follower.reset(snapshot);
                    case Effect.Covered _ -> {}
                    case Effect.Recall _,
                            Effect.Lose _,
                            Effect.Mend _,
                            Effect.Request _,
                            Effect.Overflowed _ ->
                            troubles.add(effect);
                }
            }
        }
    }
}
