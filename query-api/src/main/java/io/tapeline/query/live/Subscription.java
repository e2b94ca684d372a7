package io.tapeline.query.live;

import io.tapeline.schemas.market.Instrument;
import org.jspecify.annotations.Nullable;

/**
 * What a subscriber asked for.
 *
 * @param instrument null: all
 */
public record Subscription(LiveType type, @Nullable Instrument instrument) {

    public Subscription {
        if (instrument == null && (type == LiveType.BOOK || type == LiveType.DEPTH)) {
            throw new IllegalArgumentException(
                    "subscription: " + type.id() + " needs an instrument");
        }
    }
}
