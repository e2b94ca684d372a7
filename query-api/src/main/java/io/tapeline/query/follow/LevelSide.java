package io.tapeline.query.follow;

import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import io.tapeline.schemas.market.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One side of a book, in sorted primitive arrays as long as every value fits in 64 bits at the
 * side's scales, else in a tree of decimals until it is cleared. The best level is the last: most
 * changes are near it and move few others. Not thread-safe.
 */
final class LevelSide {

    private static final int FIRST_CAPACITY = 32;

    private final Side side;

    /** Rise with how good the price is: an ask's is negated. */
    private long[] ranks = new long[FIRST_CAPACITY];

    private long[] quantities = new long[FIRST_CAPACITY];
    private int size;
    private int priceScale;
    private int quantityScale;

    /** Best first. */
    private @Nullable NavigableMap<Price, Quantity> wide;

    LevelSide(Side side) {
        this.side = side;
    }

    int size() {
        return wide == null ? size : wide.size();
    }

    /** Becomes just these. */
    void reset(Levels bestFirst) {
        size = 0;
        priceScale = 0;
        quantityScale = 0;
        wide = null;
        if (bestFirst.isCompact()) {
            fill(bestFirst);
        } else {
            apply(bestFirst);
        }
    }

    /** Of an empty side: what is best first is stored last. */
    private void fill(Levels bestFirst) {
        int count = bestFirst.size();
        if (count > ranks.length) {
            ranks = new long[count + count / 8];
            quantities = new long[ranks.length];
        }
        priceScale = bestFirst.priceScale();
        quantityScale = bestFirst.quantityScale();
        for (int i = count - 1; i >= 0; i--) {
            set(sign() * bestFirst.priceMantissa(i), bestFirst.quantityMantissa(i));
        }
    }

    /** Quantities are absolute; zero removes, also what is not there. */
    void apply(Levels levels) {
        if (wide == null && !(levels.isCompact() && makeRoom(levels))) {
            wide = widened();
        }
        if (wide == null) {
            applyCompact(levels);
        } else {
            applyWide(wide, levels);
        }
    }

    private void applyCompact(Levels levels) {
        long price = sign() * power(priceScale - levels.priceScale());
        long quantity = power(quantityScale - levels.quantityScale());
        for (int i = 0; i < levels.size(); i++) {
            set(levels.priceMantissa(i) * price, levels.quantityMantissa(i) * quantity);
        }
    }

    private static void applyWide(NavigableMap<Price, Quantity> wide, Levels levels) {
        for (int i = 0; i < levels.size(); i++) {
            if (levels.quantity(i).value().signum() == 0) {
                wide.remove(levels.price(i));
            } else {
                wide.put(levels.price(i), levels.quantity(i));
            }
        }
    }

    private long sign() {
        return side == Side.BID ? 1 : -1;
    }

    /** Whether these levels and those here fit at scales that hold both, which are then taken. */
    private boolean makeRoom(Levels levels) {
        int price = Math.max(priceScale, levels.priceScale());
        int quantity = Math.max(quantityScale, levels.quantityScale());
        for (int i = 0; i < levels.size(); i++) {
            if (!fits(levels.priceMantissa(i), price - levels.priceScale())
                    || !fits(levels.quantityMantissa(i), quantity - levels.quantityScale())) {
                return false;
            }
        }
        if (price == priceScale && quantity == quantityScale) {
            return true;
        }
        for (int i = 0; i < size; i++) {
            if (!fits(ranks[i], price - priceScale)
                    || !fits(quantities[i], quantity - quantityScale)) {
                return false;
            }
        }
        long priceFactor = power(price - priceScale);
        long quantityFactor = power(quantity - quantityScale);
        for (int i = 0; i < size; i++) {
            ranks[i] *= priceFactor;
            quantities[i] *= quantityFactor;
        }
        priceScale = price;
        quantityScale = quantity;
        return true;
    }

    private static boolean fits(long mantissa, int zeros) {
        return zeros == 0
                || mantissa == 0
                || zeros <= 18 && Math.abs(mantissa) <= Long.MAX_VALUE / power(zeros);
    }

    private static long power(int zeros) {
        long power = 1;
        for (int i = 0; i < zeros; i++) {
            power *= 10;
        }
        return power;
    }

    private void set(long rank, long quantity) {
        int found = Arrays.binarySearch(ranks, 0, size, rank);
        if (quantity == 0) {
            if (found >= 0) {
                System.arraycopy(ranks, found + 1, ranks, found, size - found - 1);
                System.arraycopy(quantities, found + 1, quantities, found, size - found - 1);
                size--;
            }
            return;
        }
        int index = found;
        if (found < 0) {
            index = -found - 1;
            if (size == ranks.length) {
                ranks = Arrays.copyOf(ranks, size * 2);
                quantities = Arrays.copyOf(quantities, size * 2);
            }
            System.arraycopy(ranks, index, ranks, index + 1, size - index);
            System.arraycopy(quantities, index, quantities, index + 1, size - index);
            ranks[index] = rank;
            size++;
        }
        quantities[index] = quantity;
    }

    private NavigableMap<Price, Quantity> widened() {
        Comparator<Price> bestFirst =
                side == Side.BID ? Comparator.reverseOrder() : Comparator.naturalOrder();
        NavigableMap<Price, Quantity> all = new TreeMap<>(bestFirst);
        for (int i = 0; i < size; i++) {
            all.put(price(i), new Quantity(Decimal.of(quantities[i], quantityScale)));
        }
        return all;
    }

    private Price price(int index) {
        return new Price(Decimal.of(sign() * ranks[index], priceScale));
    }

    /** Best first. */
    Levels top(int most) {
        if (wide != null) {
            List<Price> prices = new ArrayList<>();
            List<Quantity> ofThem = new ArrayList<>();
            wide.entrySet().stream()
                    .limit(most)
                    .forEach(level -> {
                        prices.add(level.getKey());
                        ofThem.add(level.getValue());
                    });
            return Levels.of(prices, ofThem);
        }
        int count = Math.min(most, size);
        long[] topPrices = new long[count];
        long[] topQuantities = new long[count];
        for (int i = 0; i < count; i++) {
            topPrices[i] = sign() * ranks[size - 1 - i];
            topQuantities[i] = quantities[size - 1 - i];
        }
        return Levels.compact(count, priceScale, quantityScale, topPrices, topQuantities);
    }

    /**
     * Keeps the best.
     *
     * @return the worst price that is left; null if none was removed
     */
    @Nullable Price keep(int most) {
        if (size() <= most) {
            return null;
        }
        if (wide != null) {
            while (wide.size() > most) {
                wide.pollLastEntry();
            }
            return wide.lastKey();
        }
        int gone = size - most;
        System.arraycopy(ranks, gone, ranks, 0, most);
        System.arraycopy(quantities, gone, quantities, 0, most);
        size = most;
        return price(0);
    }
}
