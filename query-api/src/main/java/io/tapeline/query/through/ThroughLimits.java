package io.tapeline.query.through;

import java.time.Duration;

/**
 * What reading through to the exchange is held to.
 *
 * @param timeout how long one question waits for the exchange
 * @param minutes most that the candles of one page may need of the exchange; where they need more,
 *     the page is shorter. At least one month of minutes, so that any page has a candle
 * @param concurrent requests to the exchange at a time, of all questions
 */
public record ThroughLimits(Duration timeout, int minutes, int concurrent) {

    /** A month. */
    public static final int LEAST_MINUTES = 31 * 24 * 60;

    public ThroughLimits {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException(
                    "through limits: timeout " + timeout + " is not positive");
        }
        if (minutes < LEAST_MINUTES) {
            throw new IllegalArgumentException(
                    "through limits: minutes " + minutes + " is below " + LEAST_MINUTES);
        }
        if (concurrent < 1) {
            throw new IllegalArgumentException(
                    "through limits: concurrent " + concurrent + " is below 1");
        }
    }
}
