package io.tapeline.schemas.market;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Price levels of one side in the order the exchange gave them: of a snapshot best first, of an
 * update in any order. Immutable; the arrays given to it belong to it.
 *
 * <p>Nearly always <em>compact</em>: mantissas in primitive longs, with one scale for all prices
 * and one for all quantities. Where a value does not fit, the whole side is kept as {@link
 * Decimal}s and {@link #isCompact} is false.
 */
public final class Levels {

    private static final long[] NONE = {};

    public static final Levels EMPTY = compact(0, 0, 0, NONE, NONE);

    private final int size;
    private final int priceScale;
    private final int quantityScale;
    private final long[] prices;
    private final long[] quantities;
    private final Decimal @Nullable [] widePrices;
    private final Decimal @Nullable [] wideQuantities;

    private Levels(
            int size,
            int priceScale,
            int quantityScale,
            long[] prices,
            long[] quantities,
            Decimal @Nullable [] widePrices,
            Decimal @Nullable [] wideQuantities) {
        this.size = size;
        this.priceScale = priceScale;
        this.quantityScale = quantityScale;
        this.prices = prices;
        this.quantities = quantities;
        this.widePrices = widePrices;
        this.wideQuantities = wideQuantities;
    }

    /**
     * Levels given as mantissas.
     *
     * @param size how many entries of the arrays count
     * @param prices {@code price * 10^priceScale}
     * @param quantities {@code quantity * 10^quantityScale}
     */
    public static Levels compact(
            int size, int priceScale, int quantityScale, long[] prices, long[] quantities) {
        if (size < 0
                || size > prices.length
                || size > quantities.length
                || priceScale < 0
                || quantityScale < 0) {
            throw new IllegalArgumentException(
                    "levels: size "
                            + size
                            + ", scales "
                            + priceScale
                            + " and "
                            + quantityScale
                            + " do not fit arrays of "
                            + prices.length
                            + " and "
                            + quantities.length);
        }
        return new Levels(size, priceScale, quantityScale, prices, quantities, null, null);
    }

    /**
     * Compact where the values allow it. The scales are the smallest that hold every value exactly.
     */
    public static Levels of(List<Price> prices, List<Quantity> quantities) {
        if (prices.size() != quantities.size()) {
            throw new IllegalArgumentException(
                    "levels: "
                            + prices.size()
                            + " prices and "
                            + quantities.size()
                            + " quantities");
        }
        Decimal[] p =
                prices.stream().map(price -> price.value().normalized()).toArray(Decimal[]::new);
        Decimal[] q =
                quantities.stream()
                        .map(quantity -> quantity.value().normalized())
                        .toArray(Decimal[]::new);
        int priceScale = largestScale(p);
        int quantityScale = largestScale(q);
        if (Arrays.stream(p).allMatch(d -> d.fitsAt(priceScale))
                && Arrays.stream(q).allMatch(d -> d.fitsAt(quantityScale))) {
            return compact(
                    p.length,
                    priceScale,
                    quantityScale,
                    Arrays.stream(p).mapToLong(d -> d.mantissaAt(priceScale)).toArray(),
                    Arrays.stream(q).mapToLong(d -> d.mantissaAt(quantityScale)).toArray());
        }
        return new Levels(p.length, priceScale, quantityScale, NONE, NONE, p, q);
    }

    /**
     * The same levels at the smallest scales that hold every value exactly; this one if it does.
     */
    public Levels reduced() {
        if (!isCompact()) {
            return this;
        }
        int price = Decimal.significantScale(prices, size, priceScale);
        int quantity = Decimal.significantScale(quantities, size, quantityScale);
        return price == priceScale && quantity == quantityScale
                ? this
                : compact(
                        size,
                        price,
                        quantity,
                        Decimal.rescaled(prices, size, priceScale, price),
                        Decimal.rescaled(quantities, size, quantityScale, quantity));
    }

    private static int largestScale(Decimal[] values) {
        return Arrays.stream(values).mapToInt(Decimal::scale).max().orElse(0);
    }

    public int size() {
        return size;
    }

    /** Whether {@link #priceMantissa} and {@link #quantityMantissa} may be asked. */
    public boolean isCompact() {
        return widePrices == null;
    }

    public int priceScale() {
        return priceScale;
    }

    public int quantityScale() {
        return quantityScale;
    }

    /** {@code price * 10^priceScale}; only where {@link #isCompact}. */
    public long priceMantissa(int index) {
        return prices[Objects.checkIndex(index, size)];
    }

    /** {@code quantity * 10^quantityScale}; only where {@link #isCompact}. */
    public long quantityMantissa(int index) {
        return quantities[Objects.checkIndex(index, size)];
    }

    public Price price(int index) {
        return new Price(
                widePrices == null
                        ? Decimal.of(priceMantissa(index), priceScale)
                        : widePrices[index]);
    }

    public Quantity quantity(int index) {
        return new Quantity(
                wideQuantities == null
                        ? Decimal.of(quantityMantissa(index), quantityScale)
                        : wideQuantities[index]);
    }

    /**
     * By value: the same prices with the same quantities in the same order, whatever the scales.
     */
    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof Levels that) || size != that.size) {
            return false;
        }
        if (isCompact()
                && that.isCompact()
                && priceScale == that.priceScale
                && quantityScale == that.quantityScale) {
            return Arrays.equals(prices, 0, size, that.prices, 0, size)
                    && Arrays.equals(quantities, 0, size, that.quantities, 0, size);
        }
        for (int i = 0; i < size; i++) {
            if (!price(i).equals(that.price(i)) || !quantity(i).equals(that.quantity(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = size;
        for (int i = 0; i < size; i++) {
            hash = (hash * 31 + price(i).hashCode()) * 31 + quantity(i).hashCode();
        }
        return hash;
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder("[");
        for (int i = 0; i < size; i++) {
            out.append(i == 0 ? "" : ", ").append(price(i)).append(" x ").append(quantity(i));
        }
        return out.append(']').toString();
    }
}
