package io.tapeline.aggregator.book;

import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.market.DepthSnapshot;
import io.tapeline.schemas.market.DepthUpdate;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import io.tapeline.schemas.market.Side;
import java.util.Iterator;

/**
 * The book of the common case: prices and quantities as longs, each at one scale for the whole
 * book. The scales grow when a finer value comes; what does not fit in 64 bits then is refused by
 * {@link #accepts}, before anything has changed. An update allocates nothing unless a side outgrows
 * its arrays.
 */
public final class ArrayOrderBook implements OrderBook {

    private static final BookRange UNKNOWN = new BookRange(null, null);

    private final LevelArray bids = new LevelArray();
    private final LevelArray asks = new LevelArray();
    private int priceScale;
    private int quantityScale;
    private long updateId;
    private BookRange range = UNKNOWN;

    /** Whether both can be applied: they, and the book at their scales, fit in longs. */
    boolean accepts(Levels newBids, Levels newAsks) {
        if (!newBids.isCompact() || !newAsks.isCompact()) {
            return false;
        }
        int newPriceScale =
                Math.max(priceScale, Math.max(scaleOfPrices(newBids), scaleOfPrices(newAsks)));
        int newQuantityScale =
                Math.max(
                        quantityScale,
                        Math.max(scaleOfQuantities(newBids), scaleOfQuantities(newAsks)));
        return fits(newBids, newPriceScale, newQuantityScale)
                && fits(newAsks, newPriceScale, newQuantityScale)
                && ownLevelsFit(newPriceScale, newQuantityScale);
    }

    /** An empty side asks for no scale. */
    private static int scaleOfPrices(Levels levels) {
        return levels.size() == 0 ? 0 : levels.priceScale();
    }

    private static int scaleOfQuantities(Levels levels) {
        return levels.size() == 0 ? 0 : levels.quantityScale();
    }

    private static boolean fits(Levels levels, int atPriceScale, int atQuantityScale) {
        int priceUp = atPriceScale - scaleOfPrices(levels);
        int quantityUp = atQuantityScale - scaleOfQuantities(levels);
        if (levels.size() == 0 || (priceUp == 0 && quantityUp == 0)) {
            return true;
        }
        if (priceUp > Mantissas.MAX_POWER || quantityUp > Mantissas.MAX_POWER) {
            return false;
        }
        long priceFactor = Mantissas.powerOfTen(priceUp);
        long quantityFactor = Mantissas.powerOfTen(quantityUp);
        for (int i = 0; i < levels.size(); i++) {
            if (Mantissas.overflows(levels.priceMantissa(i), priceFactor)
                    || Mantissas.overflows(levels.quantityMantissa(i), quantityFactor)) {
                return false;
            }
        }
        return true;
    }

    private boolean ownLevelsFit(int newPriceScale, int newQuantityScale) {
        int priceUp = newPriceScale - priceScale;
        int quantityUp = newQuantityScale - quantityScale;
        if (priceUp == 0 && quantityUp == 0) {
            return true;
        }
        if (priceUp > Mantissas.MAX_POWER || quantityUp > Mantissas.MAX_POWER) {
            return bids.size() == 0 && asks.size() == 0;
        }
        long priceFactor = Mantissas.powerOfTen(priceUp);
        long quantityFactor = Mantissas.powerOfTen(quantityUp);
        return bids.fitsTimes(priceFactor, quantityFactor)
                && asks.fitsTimes(priceFactor, quantityFactor);
    }

    @Override
    public void reset(DepthSnapshot snapshot) {
        clear();
        set(Side.BID, snapshot.bids(), snapshot.lastUpdateId());
        set(Side.ASK, snapshot.asks(), snapshot.lastUpdateId());
        updateId = snapshot.lastUpdateId();
        range =
                BookRange.of(
                        snapshot.bids(),
                        snapshot.bidsComplete(),
                        snapshot.asks(),
                        snapshot.asksComplete());
    }

    private void clear() {
        bids.clear();
        asks.clear();
        priceScale = 0;
        quantityScale = 0;
        updateId = 0;
        range = UNKNOWN;
    }

    @Override
    public void apply(DepthUpdate update) {
        set(Side.BID, update.bids(), update.finalUpdateId());
        set(Side.ASK, update.asks(), update.finalUpdateId());
        updateId = update.finalUpdateId();
    }

    private void set(Side side, Levels levels, long stamp) {
        if (levels.size() == 0) {
            return;
        }
        growTo(levels.priceScale(), levels.quantityScale());
        long priceFactor = Mantissas.powerOfTen(priceScale - levels.priceScale());
        long quantityFactor = Mantissas.powerOfTen(quantityScale - levels.quantityScale());
        LevelArray array = array(side);
        long sign = sign(side);
        for (int i = 0; i < levels.size(); i++) {
            array.set(
                    sign * priceFactor * levels.priceMantissa(i),
                    quantityFactor * levels.quantityMantissa(i),
                    stamp);
        }
    }

    private void growTo(int newPriceScale, int newQuantityScale) {
        if (newPriceScale <= priceScale && newQuantityScale <= quantityScale) {
            return;
        }
        if (bids.size() + asks.size() > 0) {
            long priceFactor = Mantissas.powerOfTen(Math.max(0, newPriceScale - priceScale));
            long quantityFactor =
                    Mantissas.powerOfTen(Math.max(0, newQuantityScale - quantityScale));
            bids.multiply(priceFactor, quantityFactor);
            asks.multiply(priceFactor, quantityFactor);
        }
        priceScale = Math.max(priceScale, newPriceScale);
        quantityScale = Math.max(quantityScale, newQuantityScale);
    }

    /** Takes over what a changelog told of the book; its levels follow by {@link #restoreLevel}. */
    public void restore(
            long newUpdateId, BookRange newRange, int newPriceScale, int newQuantityScale) {
        growTo(newPriceScale, newQuantityScale);
        updateId = newUpdateId;
        range = newRange;
    }

    /**
     * @param priceMantissa at {@link #priceScale}
     * @param quantityMantissa at {@link #quantityScale}; 0 removes
     */
    public void restoreLevel(Side side, long priceMantissa, long quantityMantissa, long stamp) {
        array(side).set(sign(side) * priceMantissa, quantityMantissa, stamp);
    }

    public int priceScale() {
        return priceScale;
    }

    public int quantityScale() {
        return quantityScale;
    }

    /** Counted from the worst level; at {@link #priceScale}. */
    public long priceMantissa(Side side, int index) {
        return sign(side) * array(side).rank(index);
    }

    /** Counted from the worst level; at {@link #quantityScale}. */
    public long quantityMantissa(Side side, int index) {
        return array(side).quantity(index);
    }

    /** The update id that last set the level; counted from the worst one. */
    public long stamp(Side side, int index) {
        return array(side).stamp(index);
    }

    /** The index of the level at that price, at {@link #priceScale}; -1 where none rests. */
    public int indexOf(Side side, long priceMantissa) {
        LevelArray array = array(side);
        long rank = sign(side) * priceMantissa;
        int index = array.lowerBound(rank);
        return index < array.size() && array.rank(index) == rank ? index : -1;
    }

    @Override
    public long updateId() {
        return updateId;
    }

    @Override
    public BookRange range() {
        return range;
    }

    @Override
    public int size(Side side) {
        return array(side).size();
    }

    @Override
    public boolean isCrossed() {
        return bids.size() > 0
                && asks.size() > 0
                && bids.rank(bids.size() - 1) >= -asks.rank(asks.size() - 1);
    }

    private SideView view(Side side) {
        return new SideView(side, array(side), priceScale, quantityScale);
    }

    @Override
    public Levels top(Side side, int limit) {
        return view(side).top(limit);
    }

    @Override
    public Iterator<BookLevel> levels(Side side) {
        return view(side).bestFirst();
    }

    @Override
    public LevelState level(Price price) {
        boolean complete = range.contains(price);
        Decimal value = price.value();
        if (value.fitsAt(priceScale)) {
            long mantissa = value.mantissaAt(priceScale);
            for (Side side : Side.values()) {
                int index = indexOf(side, mantissa);
                if (index >= 0) {
                    LevelArray array = array(side);
                    return new LevelState(
                            side,
                            new Quantity(Decimal.of(array.quantity(index), quantityScale)),
                            array.stamp(index),
                            complete);
                }
            }
        }
        return new LevelState(null, Quantity.ZERO, 0, complete);
    }

    @Override
    public BookVolume volume(Side side, VolumeOperator operator, Price price) {
        return view(side).volume(operator, price, range);
    }

    @Override
    public BookQuote quote(TakerSide taker, Quantity quantity) {
        return view(taker.takesFrom()).quote(quantity, range);
    }

    @Override
    public boolean prune(int most) {
        return prune(Side.BID, most) | prune(Side.ASK, most);
    }

    private boolean prune(Side side, int most) {
        LevelArray array = array(side);
        if (array.size() <= most) {
            return false;
        }
        array.removeWorst(array.size() - OrderBook.keptOf(most));
        range = range.within(side, view(side).farthest());
        return true;
    }

    private LevelArray array(Side side) {
        return switch (side) {
            case BID -> bids;
            case ASK -> asks;
        };
    }

    private static long sign(Side side) {
        return SideView.sign(side);
    }
}
