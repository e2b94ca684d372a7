package io.tapeline.ingestor.binance;

import java.time.Duration;

/**
 * That the exchange answered an attempt to connect with an HTTP status.
 *
 * @param status 0 if it did not
 * @param pause how long no attempt is to be made; zero where the back-off alone decides
 */
record Refusal(int status, Duration pause) {

    static final Refusal NONE = new Refusal(0, Duration.ZERO);

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int BANNED = 418;
    private static final int UNAVAILABLE = 503;

    /** Too many attempts were made in five minutes (EXCHANGES.md A.2). */
    private static final Duration AFTER_TOO_MANY = Duration.ofSeconds(30);

    /** The shortest ban (EXCHANGES.md A.7). */
    private static final Duration AFTER_BAN = Duration.ofMinutes(2);

    private static final Duration AFTER_UNAVAILABLE = Duration.ofSeconds(10);

    /**
     * @param retryAfter what the exchange says; zero if it says nothing
     */
    static Refusal of(int status, Duration retryAfter) {
        Duration ours =
                switch (status) {
                    case TOO_MANY_REQUESTS -> AFTER_TOO_MANY;
                    case BANNED -> AFTER_BAN;
                    case UNAVAILABLE -> AFTER_UNAVAILABLE;
                    default -> Duration.ZERO;
                };
        return new Refusal(status, retryAfter.isPositive() ? retryAfter : ours);
    }

    boolean isRefusal() {
        return status != 0;
    }
}
