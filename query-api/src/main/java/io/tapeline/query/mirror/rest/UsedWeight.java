package io.tapeline.query.mirror.rest;

import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What each address has used in the current minute, for the header that tells it (A.7). Windows are
 * fixed and begin with the minutes (A.6). Counts, and refuses nobody. Thread-safe, bounded.
 */
final class UsedWeight {

    /** Addresses of a minute beyond these share one count. */
    private static final int MOST = 10_000;

    private static final String OTHERS = "";
    private static final long MILLIS_OF_MINUTE = 60_000;

    /** The counts of one minute. */
    private record Minute(long number, ConcurrentHashMap<String, AtomicLong> used) {}

    private final InstantSource clock;
    private volatile Minute current = new Minute(-1, new ConcurrentHashMap<>());

    UsedWeight(InstantSource clock) {
        this.clock = clock;
    }

    /** With this request's. */
    long add(String address, int weight) {
        Minute minute = minute();
        String counted =
                minute.used.size() < MOST || minute.used.containsKey(address) ? address : OTHERS;
        return minute.used.computeIfAbsent(counted, _ -> new AtomicLong()).addAndGet(weight);
    }

    private Minute minute() {
        long number = Math.floorDiv(clock.millis(), MILLIS_OF_MINUTE);
        Minute seen = current;
        if (seen.number != number) {
            synchronized (this) {
                seen = current;
                if (seen.number < number) {
                    seen = new Minute(number, new ConcurrentHashMap<>());
                    current = seen;
                }
            }
        }
        return seen;
    }
}
