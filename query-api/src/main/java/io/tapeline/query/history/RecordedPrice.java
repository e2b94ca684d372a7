package io.tapeline.query.history;

import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.LatestPrice;
import org.jspecify.annotations.Nullable;

/**
 * A price with the time for which it was the latest: from its event time, inclusive, to the event
 * time of the next one recorded, exclusive.
 *
 * @param validTo of all that is recorded, not only of what was asked for; null for the newest,
 *     which holds now
 */
public record RecordedPrice(LatestPrice price, @Nullable EpochMicros validTo) {

    public RecordedPrice {
        if (validTo != null && !validTo.isAfter(price.eventTime())) {
            throw new IllegalArgumentException(
                    "recorded price of "
                            + price.instrument()
                            + ": valid to "
                            + validTo
                            + ", which is not after its event time "
                            + price.eventTime());
        }
    }
}
