package io.tapeline.exchange.deribit;

import java.time.Duration;

/**
 * Deribit's limits, each a number that tests may scale (EXCHANGES B).
 *
 * @param publishEvery how often an index price is published
 * @param heartbeatSecond how long a second of {@code set_heartbeat}'s interval lasts
 * @param leastHeartbeatSeconds the shortest interval that a client may ask for
 * @param connectionsPerAddress how many sockets one address may have open
 * @param requests the credits of all requests but subscriptions
 * @param subscriptions the credits of subscribe and unsubscribe
 */
public record DeribitLimits(
        Duration publishEvery,
        Duration heartbeatSecond,
        int leastHeartbeatSeconds,
        int connectionsPerAddress,
        CreditPool requests,
        CreditPool subscriptions) {

    /**
     * A pool from which each request of one address takes credits.
     *
     * @param size how many there are at most, and at first
     * @param refillPerSecond how many come back in a second
     * @param cost what one request takes
     */
    public record CreditPool(long size, long refillPerSecond, long cost) {
        public CreditPool {
            if (size < cost || refillPerSecond <= 0 || cost <= 0) {
                throw new IllegalArgumentException(
                        "CreditPool must hold the cost of one request and refill, was size "
                                + size
                                + ", refillPerSecond "
                                + refillPerSecond
                                + ", cost "
                                + cost);
            }
        }
    }

    public DeribitLimits {
        requirePositive("publishEvery", publishEvery);
        requirePositive("heartbeatSecond", heartbeatSecond);
        if (leastHeartbeatSeconds <= 0) {
            throw new IllegalArgumentException(
                    "DeribitLimits.leastHeartbeatSeconds must be positive, was "
                            + leastHeartbeatSeconds);
        }
        if (connectionsPerAddress <= 0) {
            throw new IllegalArgumentException(
                    "DeribitLimits.connectionsPerAddress must be positive, was "
                            + connectionsPerAddress);
        }
    }

    /** The numbers of the real exchange. */
    public static DeribitLimits real() {
        return new DeribitLimits(
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                10,
                32,
                new CreditPool(50_000, 10_000, 500),
                new CreditPool(30_000, 10_000, 3_000));
    }

    public DeribitLimits withPublishEvery(Duration every) {
        return new DeribitLimits(
                every,
                heartbeatSecond,
                leastHeartbeatSeconds,
                connectionsPerAddress,
                requests,
                subscriptions);
    }

    public DeribitLimits withHeartbeatSecond(Duration second) {
        return new DeribitLimits(
                publishEvery,
                second,
                leastHeartbeatSeconds,
                connectionsPerAddress,
                requests,
                subscriptions);
    }

    public DeribitLimits withConnectionsPerAddress(int connections) {
        return new DeribitLimits(
                publishEvery,
                heartbeatSecond,
                leastHeartbeatSeconds,
                connections,
                requests,
                subscriptions);
    }

    public DeribitLimits withCredits(CreditPool newRequests, CreditPool newSubscriptions) {
        return new DeribitLimits(
                publishEvery,
                heartbeatSecond,
                leastHeartbeatSeconds,
                connectionsPerAddress,
                newRequests,
                newSubscriptions);
    }

    private static void requirePositive(String field, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(
                    "DeribitLimits." + field + " must be positive, was " + value);
        }
    }
}
