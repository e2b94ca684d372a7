package io.tapeline.schemas.market;

import java.util.Locale;

/** A place whose prices are recorded; the part of an instrument's id before the colon. */
public enum Venue {
    BINANCE,
    DERIBIT,
    COINGECKO;

    private final String id = name().toLowerCase(Locale.ROOT);

    /** The name as it stands in instrument ids, topics and URLs: lower case. */
    public String id() {
        return id;
    }

    /**
     * The venue of that name.
     *
     * @throws IllegalArgumentException naming the venues there are
     */
    public static Venue of(String id) {
        for (Venue venue : values()) {
            if (venue.id().equals(id)) {
                return venue;
            }
        }
        throw new IllegalArgumentException(
                "venue: \"" + id + "\" is not one of binance, deribit, coingecko");
    }
}
