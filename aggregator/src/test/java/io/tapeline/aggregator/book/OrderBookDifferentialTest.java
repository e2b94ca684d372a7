package io.tapeline.aggregator.book;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.market.DepthSnapshot;
import io.tapeline.schemas.market.DepthUpdate;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import io.tapeline.schemas.market.Side;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The book over arrays gives after every event every answer of the book over sorted maps. */
class OrderBookDifferentialTest {

    private static final int EVENTS = 400;
    private static final int MIDDLE = 10_000;
    private static final int SPREAD = 60;
    private static final int MOST = 40;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void bothBooksAnswerAlike(long seed) {
        run(new Random(seed), seed, 0);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {101, 102, 103})
    void bothBooksAnswerAlikeAlsoWhereValuesDoNotFitInSixtyFourBits(long seed) {
        run(new Random(seed), seed, 50);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {201, 202, 203, 204})
    void bothBooksLetTheSameLevelsGoAndClaimNothingOfThem(long seed) {
        Random random = new Random(seed);
        OrderBook fast = new AdaptiveOrderBook();
        OrderBook plain = new DecimalOrderBook();
        OrderBook unbounded = new DecimalOrderBook();
        int prunings = 0;
        for (int event = 0; event < EVENTS; event++) {
            String when = "seed " + seed + ", event " + event;
            if (event % 150 == 0) {
                DepthSnapshot snapshot = snapshot(random, event, 0);
                List.of(fast, plain, unbounded).forEach(book -> book.reset(snapshot));
            } else {
                DepthUpdate update = update(random, event, seed % 2 == 0 ? 0 : 50);
                List.of(fast, plain, unbounded).forEach(book -> book.apply(update));
            }
            boolean pruned = plain.prune(MOST);
            assertThat(fast.prune(MOST)).as(when).isEqualTo(pruned);
            prunings += pruned ? 1 : 0;
            for (Side side : Side.values()) {
                assertThat(plain.size(side)).as(when).isLessThanOrEqualTo(MOST);
            }
            assertAlike(fast, plain, random, when);
            assertHonest(plain, unbounded, random, when);
        }
        assertThat(prunings).as("seed %s", seed).isGreaterThan(5);
    }

    /** What is said to be complete is what a book says that let nothing go. */
    private static void assertHonest(
            OrderBook pruned, OrderBook unbounded, Random random, String when) {
        Price price = new Price(Decimal.of(MIDDLE - SPREAD + random.nextInt(2 * SPREAD), 2));
        LevelState level = pruned.level(price);
        if (level.complete()) {
            assertThat(level).as(when).isEqualTo(unbounded.level(price));
        }
        for (Side side : Side.values()) {
            for (VolumeOperator operator : VolumeOperator.values()) {
                BookVolume volume = pruned.volume(side, operator, price);
                if (volume.complete()) {
                    assertThat(volume)
                            .as("%s: %s %s %s", when, side, operator, price)
                            .isEqualTo(unbounded.volume(side, operator, price));
                }
            }
        }
        for (TakerSide side : TakerSide.values()) {
            BookQuote quote =
                    pruned.quote(side, new Quantity(Decimal.of(1 + random.nextInt(2_000_000), 0)));
            if (quote.complete()) {
                assertThat(quote).as(when).isEqualTo(unbounded.quote(side, quote.filled()));
            }
        }
    }

    /**
     * @param wideOneIn how rare values of more than 64 bits are; 0: there are none
     */
    private static void run(Random random, long seed, int wideOneIn) {
        OrderBook fast = new AdaptiveOrderBook();
        OrderBook plain = new DecimalOrderBook();
        long id = 100;
        for (int event = 0; event < EVENTS; event++) {
            id += 1 + random.nextInt(3);
            if (event == 0 || random.nextInt(80) == 0) {
                DepthSnapshot snapshot = snapshot(random, id, wideOneIn);
                fast.reset(snapshot);
                plain.reset(snapshot);
            } else {
                DepthUpdate update = update(random, id, wideOneIn);
                fast.apply(update);
                plain.apply(update);
            }
            assertAlike(fast, plain, random, "seed " + seed + ", event " + event);
        }
    }

    private static DepthSnapshot snapshot(Random random, long id, int wideOneIn) {
        return new DepthSnapshot(
                Books.BTC,
                id,
                side(random, Side.BID, 30, false, wideOneIn),
                side(random, Side.ASK, 30, false, wideOneIn),
                random.nextBoolean() ? 30 : 31);
    }

    private static DepthUpdate update(Random random, long id, int wideOneIn) {
        return new DepthUpdate(
                Books.BTC,
                new EpochMicros(id),
                id,
                id,
                side(random, Side.BID, random.nextInt(6), true, wideOneIn),
                side(random, Side.ASK, random.nextInt(6), true, wideOneIn));
    }

    private static Levels side(Random random, Side side, int count, boolean update, int wideOneIn) {
        List<Price> prices = new ArrayList<>();
        List<Quantity> quantities = new ArrayList<>();
        List<Integer> ticks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int away = update ? random.nextInt(SPREAD) - 2 : i + 1;
            int tick = side == Side.BID ? MIDDLE - away : MIDDLE + away;
            if (ticks.contains(tick)) {
                continue;
            }
            ticks.add(tick);
            // Scales differ from one event to the next, and so does what one tick is written as.
            prices.add(new Price(Decimal.of(tick * 1_000L, 2 + 3)));
            quantities.add(quantity(random, update, wideOneIn));
        }
        return Levels.of(prices, quantities);
    }

    private static Quantity quantity(Random random, boolean update, int wideOneIn) {
        if (update && random.nextInt(3) == 0) {
            return Quantity.ZERO;
        }
        if (wideOneIn > 0 && random.nextInt(wideOneIn) == 0) {
            BigInteger digits = new BigInteger(100, random).add(BigInteger.ONE);
            return new Quantity(Decimal.of(new BigDecimal(digits, 8)));
        }
        return new Quantity(Decimal.of(1 + random.nextInt(1_000_000), random.nextInt(9)));
    }

    private static void assertAlike(OrderBook fast, OrderBook plain, Random random, String when) {
        assertThat(fast.updateId()).as(when).isEqualTo(plain.updateId());
        assertThat(fast.range()).as(when).isEqualTo(plain.range());
        assertThat(fast.isCrossed()).as(when).isEqualTo(plain.isCrossed());
        for (Side side : Side.values()) {
            assertThat(fast.size(side)).as(when).isEqualTo(plain.size(side));
            int limit = 1 + random.nextInt(80);
            assertThat(fast.top(side, limit)).as(when).isEqualTo(plain.top(side, limit));
            assertThat(fast.levels(side))
                    .toIterable()
                    .as(when)
                    .containsExactlyElementsOf(list(plain.levels(side)));
        }
        for (int i = 0; i < 4; i++) {
            // Half of the prices asked for lie between two ticks.
            Price price =
                    new Price(
                            Decimal.of(
                                    (MIDDLE - SPREAD) * 10L + random.nextInt(2 * SPREAD * 10), 3));
            assertThat(fast.level(price)).as(when).isEqualTo(plain.level(price));
            for (Side side : Side.values()) {
                for (VolumeOperator operator : VolumeOperator.values()) {
                    assertThat(fast.volume(side, operator, price))
                            .as("%s: %s %s %s", when, side, operator, price)
                            .isEqualTo(plain.volume(side, operator, price));
                }
            }
        }
        for (TakerSide side : TakerSide.values()) {
            for (Quantity asked : asked(random, plain, side)) {
                assertThat(fast.quote(side, asked))
                        .as("%s: %s %s", when, side, asked)
                        .isEqualTo(plain.quote(side, asked));
            }
        }
    }

    /**
     * Some quantity, finer than the book's, more than there is, and just what whole levels hold.
     */
    private static List<Quantity> asked(Random random, OrderBook book, TakerSide side) {
        List<Quantity> asked =
                new ArrayList<>(
                        List.of(
                                new Quantity(Decimal.of(1 + random.nextInt(1_000_000_000), 4)),
                                new Quantity(Decimal.of(1 + random.nextInt(1_000_000_000), 15)),
                                Quantity.of("99999999999999999999999999999")));
        Levels top = book.top(side.takesFrom(), 1 + random.nextInt(5));
        if (top.size() > 0) {
            BigDecimal sum = BigDecimal.ZERO;
            for (int i = 0; i < top.size(); i++) {
                sum = sum.add(top.quantity(i).value().toBigDecimal());
            }
            asked.add(new Quantity(Decimal.of(sum)));
        }
        return asked;
    }

    private static List<BookLevel> list(Iterator<BookLevel> levels) {
        List<BookLevel> list = new ArrayList<>();
        levels.forEachRemaining(list::add);
        return list;
    }
}
