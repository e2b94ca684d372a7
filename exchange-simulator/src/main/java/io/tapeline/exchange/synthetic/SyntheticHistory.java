package io.tapeline.exchange.synthetic;

import io.tapeline.exchange.market.Candle;
import io.tapeline.exchange.market.History;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A made-up pair's past: four moments of trading in each minute, at the prices of its {@link
 * PricePath}. Each minute is computed from its number, so months of it cost nothing until somebody
 * asks; only the sums of some hours are kept. Not thread-safe.
 */
final class SyntheticHistory implements History {

    private static final long MILLIS_PER_MINUTE = 60_000L;
    private static final int MOMENTS = 4;
    private static final long MILLIS_BETWEEN = MILLIS_PER_MINUTE / MOMENTS;

    private static final long MILLIS_PER_HOUR = 60 * MILLIS_PER_MINUTE;
    private static final int HOURS_KEPT = 64;

    /** Sums of whole hours, those not asked for longest are forgotten. */
    private final Map<Long, Candle> hours =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, Candle> eldest) {
                    return size() > HOURS_KEPT;
                }
            };

    private final SyntheticPair pair;
    private final PricePath path;
    private final long seed;
    private final long firstMillis;
    private final long endMillis;

    /**
     * @param firstMillis when the pair was listed, at a whole minute
     * @param endMillis where the past ends and the market's events begin, at a whole minute,
     *     exclusive
     */
    SyntheticHistory(
            SyntheticPair pair, PricePath path, long seed, long firstMillis, long endMillis) {
        this.pair = pair;
        this.path = path;
        this.seed = seed;
        this.firstMillis = firstMillis;
        this.endMillis = endMillis;
    }

    @Override
    public long firstMillis() {
        return firstMillis;
    }

    @Override
    public void addTo(Candle into, long fromMillis, long toMillis) {
        long from = Math.max(fromMillis, firstMillis);
        long to = Math.min(toMillis, endMillis);
        if (from >= to) {
            return;
        }
        for (long at = from; at < to; ) {
            long next = (Math.floorDiv(at, MILLIS_PER_HOUR) + 1) * MILLIS_PER_HOUR;
            if (at % MILLIS_PER_HOUR == 0 && next <= to) {
                into.add(hours.computeIfAbsent(at, this::hour));
            } else {
                addMoments(into, at, Math.min(next, to));
            }
            at = next;
        }
    }

    private Candle hour(long fromMillis) {
        Candle hour = new Candle();
        addMoments(hour, fromMillis, fromMillis + MILLIS_PER_HOUR);
        return hour;
    }

    /** Sums up the newest hours of the past, which are asked for most. */
    void sumUpLast(Duration time) {
        addTo(new Candle(), endMillis - time.toMillis(), endMillis);
    }

    private void addMoments(Candle into, long from, long to) {
        long firstMoment = Math.ceilDiv(from, MILLIS_BETWEEN);
        long firstId = tradeId(firstMoment);
        for (long moment = firstMoment; moment * MILLIS_BETWEEN < to; moment++) {
            long nextId = tradeId(moment + 1);
            addMoment(into, moment, firstId, nextId - firstId);
            firstId = nextId;
        }
    }

    @Override
    public long priceBefore(long millis) {
        long moment = Math.ceilDiv(Math.min(millis, endMillis), MILLIS_BETWEEN) - 1;
        return moment * MILLIS_BETWEEN < firstMillis ? -1 : price(moment);
    }

    /** The id that the first trade after the past has. */
    long nextTradeId() {
        return tradeId(Math.floorDiv(endMillis, MILLIS_BETWEEN));
    }

    private long price(long moment) {
        return path.at(moment * MILLIS_BETWEEN);
    }

    private void addMoment(Candle into, long moment, long firstId, long trades) {
        long mixed = Mix.of(seed, 101, moment);
        long percent = 40 + Mix.below(mixed, 121);
        long quantity =
                pair.lots(Math.multiplyExact(pair.typicalQuantity(), trades) / 100 * percent);
        long taker = pair.lots(quantity / 100 * Mix.below(mixed >>> 20, 101));
        into.addBlock(price(moment), quantity, Math.min(taker, quantity), firstId, trades);
    }

    /**
     * Ids grow by the pair's pace, give or take half of it, so that a moment's first id follows
     * from its number alone.
     */
    private long tradeId(long moment) {
        long pace = Math.max(2, pair.tradesPerMinute() / MOMENTS);
        return moment * pace + Mix.below(Mix.of(seed, 100, moment), pace / 2 + 1);
    }
}
