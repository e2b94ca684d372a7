package io.tapeline.aggregator.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.aggregator.book.Books;
import io.tapeline.aggregator.book.DecimalOrderBook;
import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.market.DepthMessage;
import io.tapeline.schemas.market.DepthSnapshot;
import io.tapeline.schemas.market.DepthUpdate;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import io.tapeline.schemas.market.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An exchange, two lines that cut its ids as they please, lose, repeat and delay, and snapshots
 * that come late; now and then the connection breaks, and a snapshot comes with the new one:
 * whenever the book is live it is the exchange's book as of its update id, and so is the book of
 * one who only follows what is told. Where the exchange falls silent after that snapshot, the book
 * is the exchange's newest soon after, though no update comes any more.
 */
class SynchronisedBookSimulationTest {

    private static final int STEPS = 3_000;

    /** Six seconds, in steps. */
    private static final int SILENCE = 60;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void aLiveBookIsTheExchangesBook(long seed) {
        new Simulation(seed).run();
    }

    private static final class Simulation {

        private final Random random;
        private final String name;
        private final NavigableMap<Long, Map<Side, Levels>> history = new TreeMap<>();
        private final List<DepthMessage> flying = new ArrayList<>();
        private final SynchronisedBook book =
                new SynchronisedBook(Books.BTC, new BookSync(SyncSettings.DEFAULT));
        private final DecimalOrderBook follower = new DecimalOrderBook();
        private final Map<Fate, Integer> fates = new EnumMap<>(Fate.class);
        private final TreeMap<Integer, Long> bids = new TreeMap<>();
        private final TreeMap<Integer, Long> asks = new TreeMap<>();
        private final List<long[]> changes = new ArrayList<>();
        private final long[] sentUpTo = {0, 0};
        private long id;
        private int received;
        private int replayed;
        private int covered;
        private int live;
        private int step;
        private int recalled;

        Simulation(long seed) {
            random = new Random(seed);
            name = "seed " + seed;
            for (int i = 1; i <= 20; i++) {
                bids.put(1_000 - i, 5L);
                asks.put(1_000 + i, 5L);
            }
            remember();
        }

        void run() {
            for (int i = 0; i < STEPS; i++) {
                if (random.nextInt(100) == 0) {
                    reconnectIntoSilence();
                }
                exchangeChanges();
                int line = random.nextInt(2);
                sendOn(line);
                if (random.nextInt(10) != 0 && !flying.isEmpty()) {
                    deliver();
                }
                step++;
            }
            reconnectIntoSilence();
            assertThat(live).as(name).isGreaterThan(100);
            assertThat(recalled).as(name).isPositive();
            int counted = fates.values().stream().mapToInt(Integer::intValue).sum();
            assertThat(counted).as(name).isEqualTo(received);
            assertThat(replayed + covered + book.current().state().pending().size())
                    .as(name)
                    .isEqualTo(fates.getOrDefault(Fate.BUFFERED, 0));
        }

        /** One id changes one level. Bids stay below 1000, asks above. */
        private void exchangeChanges() {
            id++;
            boolean bid = random.nextBoolean();
            int price = bid ? 999 - random.nextInt(25) : 1_001 + random.nextInt(25);
            long quantity = random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(50);
            (bid ? bids : asks).merge(price, quantity, (a, b) -> b);
            changes.add(new long[] {bid ? 0 : 1, price, quantity});
            remember();
        }

        private void remember() {
            Map<Side, Levels> now = new EnumMap<>(Side.class);
            now.put(Side.BID, levels(bids.descendingMap()));
            now.put(Side.ASK, levels(asks));
            history.put(id, now);
        }

        private static Levels levels(NavigableMap<Integer, Long> side) {
            List<Price> prices = new ArrayList<>();
            List<Quantity> quantities = new ArrayList<>();
            side.forEach((price, quantity) -> {
                if (quantity > 0) {
                    prices.add(new Price(Decimal.of(price, 1)));
                    quantities.add(new Quantity(Decimal.of(quantity, 2)));
                }
            });
            return Levels.of(prices, quantities);
        }

        /** A line sends all ids since its last message, now and then loses or repeats some. */
        private void sendOn(int line) {
            if (random.nextInt(3) == 0 || sentUpTo[line] == id) {
                return;
            }
            long first = sentUpTo[line] + 1;
            sentUpTo[line] = id;
            if (random.nextInt(60) == 0) {
                return;
            }
            DepthUpdate update = update(first, id);
            flying.add(update);
            if (random.nextInt(20) == 0) {
                flying.add(update);
            }
        }

        private DepthUpdate update(long first, long last) {
            TreeMap<Integer, Long> b = new TreeMap<>();
            TreeMap<Integer, Long> a = new TreeMap<>();
            for (long each = first; each <= last; each++) {
                long[] change = changes.get((int) each - 1);
                (change[0] == 0 ? b : a).put((int) change[1], change[2]);
            }
            return Books.update(first, last, withZeros(b), withZeros(a));
        }

        private static Levels withZeros(TreeMap<Integer, Long> side) {
            return Levels.of(
                    side.keySet().stream().map(p -> new Price(Decimal.of(p, 1))).toList(),
                    side.values().stream().map(q -> new Quantity(Decimal.of(q, 2))).toList());
        }

        private void deliver() {
            // Now and then a message overtakes the one before it.
            boolean overtakes = random.nextInt(40) == 0 && flying.size() > 1;
            DepthMessage message = flying.remove(overtakes ? 1 : 0);
            EpochMicros now = now();
            handle(book.accept(message, new RecordSource(0, step, now), now), true);
            handle(book.tick(now), false);
            check();
        }

        private EpochMicros now() {
            return new EpochMicros(step * 100_000L);
        }

        /** What was on its way is lost or not; what changes meanwhile no line ever tells. */
        private void reconnectIntoSilence() {
            if (random.nextBoolean()) {
                flying.clear();
            }
            for (int missed = random.nextInt(5); missed > 0; missed--) {
                exchangeChanges();
            }
            Arrays.fill(sentUpTo, id);
            sendSnapshot(id);
            for (int quiet = 0; quiet < SILENCE || !flying.isEmpty(); quiet++) {
                step++;
                if (flying.isEmpty()) {
                    handle(book.tick(now()), false);
                    check();
                } else {
                    deliver();
                }
            }
            assertThat(book.current().state())
                    .as("%s, step %s", name, step)
                    .isInstanceOfSatisfying(
                            SyncState.Live.class,
                            now -> assertThat(now.updateId()).as(name).isEqualTo(id));
        }

        private void handle(SyncStep taken, boolean message) {
            if (message) {
                received++;
                fates.merge(Objects.requireNonNull(taken.fate()), 1, Integer::sum);
            }
            for (Effect effect : taken.effects()) {
                switch (effect) {
                    case Effect.Apply(DepthUpdate update, long previous, boolean again) -> {
                        assertThat(previous).as(name).isEqualTo(follower.updateId());
                        follower.apply(update);
                        replayed += again ? 1 : 0;
                    }
                    case Effect.Replace(DepthSnapshot snapshot, _) -> follower.reset(snapshot);
                    case Effect.Recall(DepthSnapshot snapshot, _, _) -> {
                        follower.reset(snapshot);
                        recalled++;
                    }
                    case Effect.Request _ -> sendSnapshot(Math.max(0, id - random.nextInt(6)));
                    case Effect.Covered(int updates) -> covered += updates;
                    case Effect.Overflowed _, Effect.Lose _, Effect.Mend _ -> {}
                }
            }
        }

        /** Arrives after what flies already, or before it. */
        private void sendSnapshot(long as) {
            Map<Side, Levels> then = Objects.requireNonNull(history.get(as));
            DepthSnapshot snapshot =
                    Books.snapshot(
                            as,
                            Objects.requireNonNull(then.get(Side.BID)),
                            Objects.requireNonNull(then.get(Side.ASK)));
            flying.add(random.nextInt(flying.size() + 1), snapshot);
        }

        private void check() {
            if (!(book.current().state() instanceof SyncState.Live now)) {
                return;
            }
            live++;
            Map<Side, Levels> truth = Objects.requireNonNull(history.get(now.updateId()));
            for (Side side : Side.values()) {
                assertThat(book.current().book().top(side, 100))
                        .as("%s, update %s, %s", name, now.updateId(), side)
                        .isEqualTo(truth.get(side));
                assertThat(follower.top(side, 100))
                        .as("%s, follower, update %s", name, now.updateId())
                        .isEqualTo(truth.get(side));
            }
        }
    }
}
