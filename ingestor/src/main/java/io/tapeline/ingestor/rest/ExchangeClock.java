package io.tapeline.ingestor.rest;

import java.time.Instant;

/**
 * How far the exchange's clock is ahead of ours, as an interval that certainly holds it. Each
 * answer narrows it: its date, in whole seconds, was written after the request went and before the
 * answer came.
 *
 * <pre>
 *   ours       sent |------------------| received
 *   exchange            date..date+1s
 *   ahead by   at least date - received, at most date + 1s - sent
 * </pre>
 *
 * Between answers it widens, since clocks drift and are set right. An answer that contradicts it
 * (one of the clocks was set) begins it anew. Pure but for its state; not thread-safe.
 */
final class ExchangeClock {

    /** What is believed of both clocks before the first answer. */
    private static final long UNKNOWN_MILLIS = 1_000;

    private static final long DATE_MILLIS = 1_000;

    /** 1/2000: no clock that is kept right drifts faster. */
    private static final long DRIFT_DIVISOR = 2_000;

    private static final long WIDEST_MILLIS = 60_000;

    private long low = -UNKNOWN_MILLIS;
    private long high = UNKNOWN_MILLIS;
    private long measuredMillis = Long.MIN_VALUE;

    /**
     * Takes the date of an answer.
     *
     * @return false if it contradicts what was believed, so that times told before are worthless
     */
    boolean dated(Instant date, Instant sent, Instant received) {
        long now = received.toEpochMilli();
        long least = date.toEpochMilli() - now;
        long most = Math.max(least, date.toEpochMilli() + DATE_MILLIS - sent.toEpochMilli());
        long drift = drift(now);
        boolean agrees = least <= high + drift && low - drift <= most;
        low = agrees ? Math.max(low - drift, least) : least;
        high = agrees ? Math.min(high + drift, most) : most;
        measuredMillis = now;
        return agrees;
    }

    /** The exchange's time at ours is not before this, in milliseconds since the epoch. */
    long earliest(Instant now) {
        long millis = now.toEpochMilli();
        return millis + low - drift(millis);
    }

    /** The exchange's time at ours is not after this, in milliseconds since the epoch. */
    long latest(Instant now) {
        long millis = now.toEpochMilli();
        return millis + high + drift(millis);
    }

    /** Our time at which the exchange's has certainly come, unless the clocks drift. */
    Instant certain(long exchangeMillis, Instant now) {
        return Instant.ofEpochMilli(exchangeMillis - low + drift(now.toEpochMilli()) + 1);
    }

    /** The exchange's time, as near as it is known. */
    Instant estimate(Instant now) {
        return now.plusMillis(aheadMillis());
    }

    /** The middle of the interval, in milliseconds; negative if the exchange's clock is behind. */
    long aheadMillis() {
        return Math.floorDiv(low + high, 2);
    }

    private long drift(long nowMillis) {
        return measuredMillis == Long.MIN_VALUE
                ? 0
                : Math.min(Math.max(0, nowMillis - measuredMillis) / DRIFT_DIVISOR, WIDEST_MILLIS);
    }
}
