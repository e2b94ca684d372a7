package io.tapeline.exchange.deribit;

import io.tapeline.exchange.deribit.DeribitLimits.CreditPool;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * The credits that each address has left: requests without a login are counted per address
 * (EXCHANGES B, limits). Thread-safe.
 */
final class Credits {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final CreditPool pool;
    private final Map<String, Left> addresses = new HashMap<>();

    private static final class Left {
        private long credits;
        private Instant since;

        Left(long credits, Instant since) {
            this.credits = credits;
            this.since = since;
        }
    }

    Credits(CreditPool pool) {
        this.pool = pool;
    }

    /** Takes one request's credits; false, and takes none, where they do not suffice. */
    synchronized boolean take(String address, Instant now) {
        Left left = addresses.computeIfAbsent(address, a -> new Left(pool.size(), now));
        refill(left, now);
        if (left.credits < pool.cost()) {
            return false;
        }
        left.credits -= pool.cost();
        return true;
    }

    private void refill(Left left, Instant now) {
        Duration passed = Duration.between(left.since, now);
        long whole = Math.ceilDiv(pool.size(), pool.refillPerSecond());
        if (passed.isNegative()) {
            return;
        }
        if (passed.getSeconds() >= whole) {
            left.credits = pool.size();
            left.since = now;
            return;
        }
        long back = passed.toNanos() / (NANOS_PER_SECOND / pool.refillPerSecond());
        if (back > 0) {
            left.credits = Math.min(pool.size(), left.credits + back);
            left.since = now;
        }
    }
}
