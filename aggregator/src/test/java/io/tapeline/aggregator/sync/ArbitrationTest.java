package io.tapeline.aggregator.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.aggregator.audit.Finding;
import io.tapeline.aggregator.audit.Outcome;
import io.tapeline.aggregator.book.Books;
import io.tapeline.aggregator.book.DecimalOrderBook;
import io.tapeline.aggregator.book.LevelState;
import io.tapeline.schemas.market.DepthMessage;
import io.tapeline.schemas.market.DepthSnapshot;
import io.tapeline.schemas.market.DepthUpdate;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.market.PictureSource;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import io.tapeline.schemas.market.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One to three lines that cut the same ids in their own ways, with delays, losses, repetitions and
 * messages that overtake one another, against a reader who has all that any line brought at once
 * and in order, and follows EXCHANGES.md A.5 to the letter over sorted maps: the same book, the
 * same ids, and gaps just where no line brought the ids. Pictures of the book come meanwhile from
 * all sources at any time, and none contradicts it.
 */
class ArbitrationTest {

    private static final int IDS = 4_000;
    private static final long ID_MICROS = 10_000;

    /** Below the time that an update waits for those before it. */
    private static final int LONGEST_DELAY_MICROS = 900_000;

    private static final int ANSWER_MICROS = 300_000;

    /** A message on its way. */
    private record Flying(long arrives, int order, DepthMessage message) {}

    /** An uninterrupted stretch of a book: it begins with a snapshot and goes on to an id. */
    private record Stretch(long snapshot, long to) {}

    @ParameterizedTest(name = "seed {0}: {1} lines, one update of {2} lost")
    @CsvSource({
        "1, 1, 1000000",
        "2, 1, 100",
        "3, 1, 30",
        "4, 2, 1000000",
        "5, 2, 30",
        "6, 2, 8",
        "7, 2, 4",
        "8, 3, 1000000",
        "9, 3, 8",
        "10, 3, 3",
        "11, 3, 2",
        "12, 1, 200",
        "13, 2, 16",
        "14, 2, 6",
        "15, 3, 6",
        "16, 3, 4",
        "17, 3, 1000000"
    })
    void linesTellWhatAReaderOfAllOfThemAtOnceReads(long seed, int lines, int lostOneIn) {
        Random random = new Random(seed);
        ExchangeTape tape = new ExchangeTape(random, IDS);
        World world = new World(random, tape, "seed " + seed);
        for (int line = 0; line < lines; line++) {
            world.line(lostOneIn);
        }
        world.pictures(lines);
        world.run();

        PlainReader plain = new PlainReader(world.brought, world.used);
        assertThat(world.stretches).as(world.name).isEqualTo(plain.stretches);
        assertThat(world.gaps).as(world.name).isEqualTo(plain.gaps);
        for (Side side : Side.values()) {
            assertThat(world.book.current().book().top(side, 200))
                    .as("%s, %s", world.name, side)
                    .isEqualTo(plain.book.top(side, 200));
        }
        if (lostOneIn > IDS) {
            assertThat(world.gaps).as(world.name).isEmpty();
        } else if (lines == 1) {
            assertThat(world.gaps).as(world.name).isNotEmpty();
        }
        assertThat(world.outcomes).as(world.name).doesNotContainKey(Outcome.Fault.class);
        assertThat(world.outcomes.getOrDefault(Outcome.Equal.class, 0))
                .as(world.name)
                .isGreaterThan(lostOneIn > IDS ? 100 : 0);
        assertThat(world.outcomes).as(world.name).containsKey(Outcome.NotComparable.class);
    }

    /** The exchange, its lines, and the one who synchronises. */
    private static final class World {
        private final Random random;
        private final ExchangeTape tape;
        private final String name;
        private final SynchronisedBook book =
                new SynchronisedBook(Books.BTC, new BookSync(SyncSettings.DEFAULT));
        private final PriorityQueue<Flying> flying =
                new PriorityQueue<>(
                        Comparator.comparingLong(Flying::arrives).thenComparingInt(Flying::order));
        private final List<DepthUpdate> brought = new ArrayList<>();
        private final List<DepthSnapshot> used = new ArrayList<>();
        private final List<Stretch> stretches = new ArrayList<>();
        private final List<List<Long>> gaps = new ArrayList<>();
        private final Map<Class<?>, Integer> outcomes = new HashMap<>();
        private int order;

        World(Random random, ExchangeTape tape, String name) {
            this.random = random;
            this.tape = tape;
            this.name = name;
        }

        private void send(long arrives, DepthMessage message) {
            flying.add(new Flying(arrives, order++, message));
        }

        void line(int lostOneIn) {
            int longestCut = 1 + random.nextInt(12);
            int delay = 1 + random.nextInt(LONGEST_DELAY_MICROS / 2);
            long first = 1;
            while (first <= tape.lastId()) {
                long last = Math.min(tape.lastId(), first + random.nextInt(longestCut));
                // The last ones are not lost: a loss that nothing follows is not seen.
                if (last == tape.lastId() || random.nextInt(lostOneIn) != 0) {
                    DepthUpdate update = tape.update(first, last);
                    brought.add(update);
                    for (int copies = random.nextInt(20) == 0 ? 2 : 1; copies > 0; copies--) {
                        send(
                                last * ID_MICROS + delay + random.nextInt(LONGEST_DELAY_MICROS / 2),
                                update);
                    }
                }
                first = last + 1;
            }
        }

        /** Of each source, of any id, before or after the updates of that time. */
        void pictures(int lines) {
            for (int i = 0; i < 1_500; i++) {
                long id = random.nextInt(IDS);
                PictureSource source =
                        PictureSource.values()[random.nextInt(PictureSource.values().length)];
                for (int line = 0; line < lines; line++) {
                    send(id * ID_MICROS + random.nextInt(1_500_000), tape.picture(source, id));
                }
            }
        }

        void run() {
            long now = 0;
            while (!flying.isEmpty() || !(book.current().state() instanceof SyncState.Live)) {
                long tick = now + 100_000;
                Flying next = flying.peek();
                if (next != null && next.arrives() <= tick) {
                    flying.remove();
                    now = next.arrives();
                    EpochMicros time = new EpochMicros(now);
                    take(book.accept(next.message(), new RecordSource(0, 0, time), time), now);
                } else {
                    now = tick;
                    take(book.tick(new EpochMicros(now)), now);
                }
            }
            assertThat(book.current().state().pending()).isEqualTo(PendingUpdates.NONE);
        }

        private void take(SyncStep step, long now) {
            for (Effect effect : step.effects()) {
                switch (effect) {
                    case Effect.Apply(DepthUpdate update, long previous, _) -> {
                        Stretch stretch = stretches.removeLast();
                        assertThat(previous).as(name).isEqualTo(stretch.to());
                        stretches.add(new Stretch(stretch.snapshot(), update.finalUpdateId()));
                    }
                    case Effect.Replace(DepthSnapshot snapshot, _) -> {
                        used.add(snapshot);
                        stretches.add(
                                new Stretch(snapshot.lastUpdateId(), snapshot.lastUpdateId()));
                    }
                    case Effect.Lose(OpenGap gap) -> {
                        assertThat(gap.cause()).as(name).isEqualTo(OpenGap.Cause.MISSED_UPDATES);
                        gaps.add(List.of(gap.from(), gap.to()));
                    }
                    // Answered with the book of that moment, some time later.
                    case Effect.Request _ ->
                            send(
                                    now + 1 + random.nextInt(ANSWER_MICROS),
                                    tape.snapshot(
                                            Math.min(tape.lastId(), now / ID_MICROS),
                                            random.nextBoolean() ? 5_000 : 30));
                    case Effect.Recall _ -> throw new AssertionError(name + ": " + effect);
                    case Effect.Overflowed _ -> throw new AssertionError(name + ": " + effect);
                    case Effect.Mend _, Effect.Covered _ -> {}
                }
            }
            for (Finding finding : step.findings()) {
                outcomes.merge(finding.outcome().getClass(), 1, Integer::sum);
            }
            check();
        }

        /** Within the range the book is the exchange's as of its id. */
        private void check() {
            if (!(book.current().state() instanceof SyncState.Live live)) {
                return;
            }
            long id = live.updateId();
            for (Side side : Side.values()) {
                Levels truth = tape.top(side, id, 3);
                for (int i = 0; i < truth.size(); i++) {
                    LevelState level = book.current().book().level(truth.price(i));
                    if (level.complete()) {
                        assertThat(level.quantity())
                                .as("%s, update %s, %s %s", name, id, side, truth.price(i))
                                .isEqualTo(truth.quantity(i));
                    }
                }
            }
        }
    }

    /** EXCHANGES.md A.5, literally, over all that was brought, in the order of ids. */
    private static final class PlainReader {
        private final DecimalOrderBook book = new DecimalOrderBook();
        private final List<Stretch> stretches = new ArrayList<>();
        private final List<List<Long>> gaps = new ArrayList<>();

        /**
         * @param snapshots that mended the book, in order
         */
        PlainReader(List<DepthUpdate> brought, List<DepthSnapshot> snapshots) {
            List<DepthUpdate> updates = new ArrayList<>(brought);
            updates.sort(
                    Comparator.comparingLong(DepthUpdate::firstUpdateId)
                            .thenComparingLong(DepthUpdate::finalUpdateId));
            NavigableMap<Price, Quantity> bids = new TreeMap<>();
            NavigableMap<Price, Quantity> asks = new TreeMap<>();
            int next = 0;
            long snapshotId = 0;
            long bookId = -1;
            for (DepthUpdate update : updates) {
                boolean gap = bookId >= 0 && update.firstUpdateId() > bookId + 1; // 6b
                if (gap) {
                    gaps.add(List.of(bookId + 1, update.firstUpdateId() - 1));
                    stretches.add(new Stretch(snapshotId, bookId));
                }
                if (gap || bookId < 0) {
                    DepthSnapshot snapshot = snapshots.get(next++); // 2
                    bids.clear(); // 5
                    asks.clear();
                    set(bids, snapshot.bids());
                    set(asks, snapshot.asks());
                    snapshotId = snapshot.lastUpdateId();
                    bookId = snapshotId;
                }
                if (update.finalUpdateId() > bookId) { // 4, 6a
                    set(bids, update.bids()); // 6c, 7
                    set(asks, update.asks());
                    bookId = update.finalUpdateId();
                }
            }
            stretches.add(new Stretch(snapshotId, bookId));
            bids.forEach((price, quantity) -> book.restoreLevel(Side.BID, price, quantity, 0));
            asks.forEach((price, quantity) -> book.restoreLevel(Side.ASK, price, quantity, 0));
        }

        private static void set(NavigableMap<Price, Quantity> side, Levels levels) {
            for (int i = 0; i < levels.size(); i++) {
                if (levels.quantity(i).value().signum() == 0) {
                    side.remove(levels.price(i));
                } else {
                    side.put(levels.price(i), levels.quantity(i));
                }
            }
        }
    }
}
