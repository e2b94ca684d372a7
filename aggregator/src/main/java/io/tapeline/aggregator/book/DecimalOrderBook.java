package io.tapeline.aggregator.book;

import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.market.DepthSnapshot;
import io.tapeline.schemas.market.DepthUpdate;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import io.tapeline.schemas.market.Side;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The book over sorted maps of decimals: holds any value, takes its time. It stands in where a
 * value does not fit in 64 bits, and is the plain reference that {@link ArrayOrderBook} is tested
 * against.
 */
public final class DecimalOrderBook implements OrderBook {

    /** A level's quantity, and the update id that last set it. */
    public record Entry(Quantity quantity, long stamp) {}

    private final NavigableMap<Price, Entry> bids = new TreeMap<>(Comparator.reverseOrder());
    private final NavigableMap<Price, Entry> asks = new TreeMap<>();
    private long updateId;
    private BookRange range = new BookRange(null, null);

    /** The same book as the given one. */
    static DecimalOrderBook copyOf(ArrayOrderBook book) {
        DecimalOrderBook copy = new DecimalOrderBook();
        copy.restore(book.updateId(), book.range());
        for (Side side : Side.values()) {
            for (int i = 0; i < book.size(side); i++) {
                copy.restoreLevel(
                        side,
                        new Price(Decimal.of(book.priceMantissa(side, i), book.priceScale())),
                        new Quantity(
                                Decimal.of(book.quantityMantissa(side, i), book.quantityScale())),
                        book.stamp(side, i));
            }
        }
        return copy;
    }

    public void restore(long newUpdateId, BookRange newRange) {
        updateId = newUpdateId;
        range = newRange;
    }

    /** A quantity of zero removes. */
    public void restoreLevel(Side side, Price price, Quantity quantity, long stamp) {
        if (quantity.value().signum() == 0) {
            side(side).remove(price);
        } else {
            side(side).put(price, new Entry(quantity, stamp));
        }
    }

    /** Best first. */
    public NavigableMap<Price, Entry> side(Side side) {
        return switch (side) {
            case BID -> bids;
            case ASK -> asks;
        };
    }

    @Override
    public void reset(DepthSnapshot snapshot) {
        bids.clear();
        asks.clear();
        set(Side.BID, snapshot.bids(), snapshot.lastUpdateId());
        set(Side.ASK, snapshot.asks(), snapshot.lastUpdateId());
        restore(
                snapshot.lastUpdateId(),
                BookRange.of(
                        snapshot.bids(),
                        snapshot.bidsComplete(),
                        snapshot.asks(),
                        snapshot.asksComplete()));
    }

    @Override
    public void apply(DepthUpdate update) {
        set(Side.BID, update.bids(), update.finalUpdateId());
        set(Side.ASK, update.asks(), update.finalUpdateId());
        updateId = update.finalUpdateId();
    }

    private void set(Side side, Levels levels, long stamp) {
        for (int i = 0; i < levels.size(); i++) {
            restoreLevel(side, levels.price(i), levels.quantity(i), stamp);
        }
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
        return side(side).size();
    }

    @Override
    public boolean isCrossed() {
        return size(Side.BID) > 0
                && size(Side.ASK) > 0
                && side(Side.BID).firstKey().compareTo(side(Side.ASK).firstKey()) >= 0;
    }

    @Override
    public Levels top(Side side, int limit) {
        List<Price> prices = new ArrayList<>();
        List<Quantity> quantities = new ArrayList<>();
        for (Map.Entry<Price, Entry> level : side(side).entrySet()) {
            if (prices.size() == limit) {
                break;
            }
            prices.add(level.getKey());
            quantities.add(level.getValue().quantity());
        }
        return Levels.of(prices, quantities);
    }

    @Override
    public Iterator<BookLevel> levels(Side side) {
        return side(side).entrySet().stream()
                .map(level ->
                        new BookLevel(
                                level.getKey(),
                                level.getValue().quantity(),
                                level.getValue().stamp()))
                .iterator();
    }

    @Override
    public LevelState level(Price price) {
        for (Side side : Side.values()) {
            Entry entry = side(side).get(price);
            if (entry != null) {
                return new LevelState(side, entry.quantity(), entry.stamp(), range.contains(price));
            }
        }
        return new LevelState(null, Quantity.ZERO, 0, range.contains(price));
    }

    @Override
    public BookVolume volume(Side side, VolumeOperator operator, Price price) {
        BigDecimal volume = BigDecimal.ZERO;
        BigDecimal total = BigDecimal.ZERO;
        int levels = 0;
        for (Map.Entry<Price, Entry> level : side(side).entrySet()) {
            int compared = level.getKey().compareTo(price);
            boolean counts =
                    switch (operator) {
                        case EQ -> compared == 0;
                        case LTE -> compared <= 0;
                        case GTE -> compared >= 0;
                    };
            if (counts) {
                BigDecimal quantity = level.getValue().quantity().value().toBigDecimal();
                volume = volume.add(quantity);
                total = total.add(quantity.multiply(level.getKey().value().toBigDecimal()));
                levels++;
            }
        }
        return new BookVolume(
                Decimal.of(volume), Decimal.of(total), levels, range.covers(side, operator, price));
    }

    @Override
    public BookQuote quote(TakerSide taker, Quantity quantity) {
        Side side = taker.takesFrom();
        BigDecimal wanted = quantity.value().toBigDecimal();
        BigDecimal left = wanted;
        BigDecimal total = BigDecimal.ZERO;
        @Nullable Price best = null;
        @Nullable Price worst = null;
        for (Map.Entry<Price, Entry> level : side(side).entrySet()) {
            if (left.signum() == 0) {
                break;
            }
            Price price = level.getKey();
            BigDecimal taken = left.min(level.getValue().quantity().value().toBigDecimal());
            total = total.add(taken.multiply(price.value().toBigDecimal()));
            left = left.subtract(taken);
            best = best == null ? price : best;
            worst = price;
        }
        return new BookQuote(
                new Quantity(Decimal.of(wanted.subtract(left))),
                Decimal.of(total),
                best,
                worst,
                left.signum() == 0 && (worst == null || range.covers(side, worst)));
    }

    @Override
    public boolean prune(int most) {
        boolean pruned = false;
        for (Side side : Side.values()) {
            NavigableMap<Price, Entry> levels = side(side);
            if (levels.size() > most) {
                while (levels.size() > OrderBook.keptOf(most)) {
                    levels.pollLastEntry();
                }
                range = range.within(side, levels.lastKey());
                pruned = true;
            }
        }
        return pruned;
    }
}
