package io.tapeline.exchange.market;

import java.math.BigInteger;

/**
 * A rolling window's statistics. The window opens at a whole minute, so it is up to 59,999 ms wider
 * than its name (EXCHANGES A.4, {@code ticker_1h}). What is closed of it is kept per minute and
 * moved on by taking off what left.
 */
public final class Window implements Pair.TradeListener {

    private static final long MILLIS_PER_MINUTE = 60_000L;
    private static final int WEIGHTED_DECIMALS = 8;

    private final Pair pair;
    private final long millis;
    private final Candle closed = new Candle();
    private final Candle now = new Candle();
    private long closedFrom = Long.MIN_VALUE;
    private long closedTo = Long.MIN_VALUE;

    /**
     * @param millis the window's width, whole minutes
     */
    public Window(Pair pair, long millis) {
        this.pair = pair;
        this.millis = millis;
    }

    /** The statistics at the given time. */
    public Stats at(long nowMicros) {
        long nowMillis = Math.floorDiv(nowMicros, 1_000L);
        long minute = Math.floorDiv(nowMillis, MILLIS_PER_MINUTE) * MILLIS_PER_MINUTE;
        long from = minute - millis;
        roll(from, minute);
        pair.sum(now, minute, minute + MILLIS_PER_MINUTE);
        Candle all = new Candle();
        all.add(closed);
        all.add(now);
        long before = pair.priceBefore(from);
        long last = pair.lastPrice();
        if (all.count() == 0) {
            all.flat(Math.max(last, 0));
        }
        return new Stats(all, from * 1_000L, nowMicros, before < 0 ? all.open() : before);
    }

    @Override
    public void before(Trade trade) {}

    /**
     * A trade of a minute that was already summed up, as recordings have them around a minute's
     * end: sum up again.
     */
    @Override
    public void after(Trade trade) {
        if (trade.micros() < closedTo * 1_000L) {
            closedTo = Long.MIN_VALUE;
        }
    }

    private void roll(long from, long to) {
        if (closedFrom == from && closedTo == to) {
            return;
        }
        boolean slid = false;
        if (closedTo != Long.MIN_VALUE && to > closedTo && from < closedTo && closed.count() > 0) {
            Candle left = new Candle();
            pair.sum(left, closedFrom, from);
            Candle entered = new Candle();
            pair.sum(entered, closedTo, to);
            slid = closed.slide(left, entered);
            if (slid && left.count() > 0) {
                slid = reopen(from, to);
            }
        }
        if (!slid) {
            pair.sum(closed, from, to);
        }
        closedFrom = from;
        closedTo = to;
    }

    /** The first trade of a window that moved on is that of the first minute that has one. */
    private boolean reopen(long from, long to) {
        Candle first = new Candle();
        long step = MILLIS_PER_MINUTE;
        for (long at = from; at < to; at += step) {
            pair.sum(first, at, at + step);
            if (first.count() > 0) {
                closed.startsWith(first);
                return true;
            }
        }
        return false;
    }

    /**
     * @param candle never without prices, except where nothing was ever traded
     * @param openMicros the first time that the window holds
     * @param closeMicros the last time that the window holds
     * @param previousClose the last price before the window
     */
    public record Stats(Candle candle, long openMicros, long closeMicros, long previousClose) {

        public long change() {
            return candle.close() - candle.open();
        }

        /** The change in thousandths of a per cent, rounded half away from zero. */
        public long changePermille100() {
            if (candle.open() == 0) {
                return 0;
            }
            long scaled = Math.multiplyExact(change(), 200_000L) / candle.open();
            return (scaled + (scaled >= 0 ? 1 : -1)) / 2;
        }

        /** Quote volume over volume with eight decimals, rounded half up; zero without trades. */
        public long weightedAverage(PairSpec spec) {
            BigInteger volume = candle.volume().toBigInteger();
            if (volume.signum() == 0) {
                return 0;
            }
            BigInteger quote = candle.quoteVolume().toBigInteger();
            int shift = WEIGHTED_DECIMALS - spec.priceScale();
            BigInteger numerator = shift >= 0 ? quote.multiply(BigInteger.TEN.pow(shift)) : quote;
            BigInteger denominator =
                    shift >= 0 ? volume : volume.multiply(BigInteger.TEN.pow(-shift));
            return numerator
                    .shiftLeft(1)
                    .add(denominator)
                    .divide(denominator.shiftLeft(1))
                    .longValueExact();
        }
    }
}
