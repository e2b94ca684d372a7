package io.tapeline.ingestor.rest;

import java.time.Duration;

/**
 * How much one address may ask of the exchange in a window. Windows are fixed and aligned to the
 * exchange's clock, not sliding (EXCHANGES.md A.6).
 *
 * @param number of units that a window lasts
 * @param limit what may be used in a window
 */
record RateLimit(Kind kind, int number, Unit unit, int limit) {

    /** What is counted. */
    enum Kind {
        /** The weights of the requests. */
        REQUEST_WEIGHT,
        /** The requests, whatever they weigh. No header tells this count. */
        RAW_REQUESTS;

        int cost(int weight) {
            return this == RAW_REQUESTS ? 1 : weight;
        }
    }

    /** As {@code exchangeInfo} names them; headers have the first letter (EXCHANGES.md A.7). */
    enum Unit {
        SECOND(Duration.ofSeconds(1)),
        MINUTE(Duration.ofMinutes(1)),
        HOUR(Duration.ofHours(1)),
        DAY(Duration.ofDays(1));

        private final Duration length;

        Unit(Duration length) {
            this.length = length;
        }
    }

    RateLimit {
        if (number < 1 || limit < 1) {
            throw new IllegalArgumentException(
                    "rate limit "
                            + kind
                            + ": number "
                            + number
                            + " or limit "
                            + limit
                            + " is below 1");
        }
    }

    static RateLimit weightPerMinute(int limit) {
        return new RateLimit(Kind.REQUEST_WEIGHT, 1, Unit.MINUTE, limit);
    }

    static RateLimit requestsPerFiveMinutes(int limit) {
        return new RateLimit(Kind.RAW_REQUESTS, 5, Unit.MINUTE, limit);
    }

    /** {@code 1M}: how the header of its count ends. */
    String suffix() {
        return number + unit.name().substring(0, 1);
    }

    long windowMillis() {
        return unit.length.toMillis() * number;
    }

    /** The number of the window in which a time of the exchange's clock lies. */
    long windowOf(long exchangeMillis) {
        return Math.floorDiv(exchangeMillis, windowMillis());
    }
}
