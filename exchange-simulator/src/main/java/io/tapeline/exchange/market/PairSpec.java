package io.tapeline.exchange.market;

import java.util.Locale;

/**
 * What {@code exchangeInfo} says of a pair, and the units of its numbers: prices are counted in
 * {@code 10^-priceScale} of the quote asset, quantities in {@code 10^-quantityScale} of the base
 * asset, so that both are exact longs.
 *
 * @param symbol upper case where it has case, as in payloads
 * @param tickUnits the tick size in units of the price
 * @param lotUnits the lot size in units of the quantity
 */
public record PairSpec(
        String symbol,
        String baseAsset,
        String quoteAsset,
        int priceScale,
        int quantityScale,
        long tickUnits,
        long lotUnits) {

    private static final int MOST_DECIMALS = 18;

    public PairSpec {
        requireText("symbol", symbol);
        requireText("baseAsset", baseAsset);
        requireText("quoteAsset", quoteAsset);
        requireScale("priceScale", priceScale);
        requireScale("quantityScale", quantityScale);
        requireScale("priceScale + quantityScale", priceScale + quantityScale);
        if (tickUnits <= 0 || lotUnits <= 0) {
            throw new IllegalArgumentException(
                    "PairSpec "
                            + symbol
                            + ": tickUnits and lotUnits must be positive, were "
                            + tickUnits
                            + ", "
                            + lotUnits);
        }
    }

    private static void requireText(String field, String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("PairSpec." + field + " must not be empty");
        }
    }

    private static void requireScale(String field, int value) {
        if (value < 0 || value > MOST_DECIMALS) {
            throw new IllegalArgumentException(
                    "PairSpec." + field + " must be 0 to " + MOST_DECIMALS + ", was " + value);
        }
    }

    /** The symbol as it begins a stream's name. */
    public String streamSymbol() {
        return symbol.toLowerCase(Locale.ROOT);
    }

    /** The decimals of a price times a quantity. */
    public int quoteScale() {
        return priceScale + quantityScale;
    }
}
