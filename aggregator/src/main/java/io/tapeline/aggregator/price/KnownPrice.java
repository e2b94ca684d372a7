package io.tapeline.aggregator.price;

import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.LatestPrice;

/**
 * The latest price, and how long it is known to hold.
 *
 * @param confirmed event time of its source's newest word that was this price: the price's own, or
 *     later where the source is polled and said the same again
 */
public record KnownPrice(LatestPrice price, EpochMicros confirmed) {

    public KnownPrice {
        if (price.eventTime().isAfter(confirmed)) {
            throw new IllegalArgumentException(
                    "known price of "
                            + price.instrument()
                            + ": confirmed "
                            + confirmed
                            + " is before its event time "
                            + price.eventTime());
        }
    }

    public static KnownPrice of(LatestPrice price) {
        return new KnownPrice(price, price.eventTime());
    }

    KnownPrice confirmedAt(EpochMicros time) {
        return new KnownPrice(price, time);
    }
}
