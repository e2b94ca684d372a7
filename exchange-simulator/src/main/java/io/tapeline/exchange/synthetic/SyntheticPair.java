package io.tapeline.exchange.synthetic;

import io.tapeline.exchange.market.PairSpec;

/**
 * A made-up pair: what {@code exchangeInfo} says of it, and how it behaves.
 *
 * @param basePrice the price around which it moves, in price units
 * @param typicalQuantity of a level or an order, in quantity units
 * @param tradesPerMinute how busy its past was
 * @param roughness see {@link PricePath}
 */
record SyntheticPair(
        PairSpec spec, long basePrice, long typicalQuantity, long tradesPerMinute, long roughness) {

    SyntheticPair {
        if (basePrice < spec.tickUnits()
                || typicalQuantity < spec.lotUnits()
                || tradesPerMinute < 1) {
            throw new IllegalArgumentException(
                    "SyntheticPair "
                            + spec.symbol()
                            + ": basePrice, typicalQuantity and tradesPerMinute must be at least a"
                            + " tick, a lot and 1, were "
                            + basePrice
                            + ", "
                            + typicalQuantity
                            + ", "
                            + tradesPerMinute);
        }
    }

    /** Rounds the quantity down to whole lots, at least one. */
    long lots(long quantity) {
        return Math.max(spec.lotUnits(), quantity / spec.lotUnits() * spec.lotUnits());
    }
}
