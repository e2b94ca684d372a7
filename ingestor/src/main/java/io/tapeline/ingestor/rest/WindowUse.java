package io.tapeline.ingestor.rest;

import java.time.Instant;
import java.util.TreeMap;

/**
 * What an address is taken to have used of one limit, window by window. Pure but for its state; not
 * thread-safe.
 *
 * <p>Within a window the exchange's count only grows, so that the highest seen is the newest, in
 * whatever order answers arrive. What ended without a count is taken as counted, in each window in
 * which it may have been.
 */
final class WindowUse {

    private static final class Count {
        /** The highest that the exchange has told for certain of this window. */
        private int told;

        /** The highest that it has told of this window or the one before. */
        private int doubted;

        private Instant doubtedAt = Instant.MIN;

        /** What ended without a count. */
        private int untold;
    }

    private final TreeMap<Long, Count> windows = new TreeMap<>();
    private RateLimit limit;

    WindowUse(RateLimit limit) {
        this.limit = limit;
    }

    RateLimit limit() {
        return limit;
    }

    /** Another number for the same windows. */
    void limit(RateLimit newLimit) {
        limit = newLimit;
    }

    int used(long window) {
        Count count = windows.get(window);
        return count == null ? 0 : Math.max(count.told, count.doubted) + count.untold;
    }

    /** The same without what may be the window's before. */
    int certainlyUsed(long window) {
        Count count = windows.get(window);
        return count == null ? 0 : count.told + count.untold;
    }

    /**
     * A request was counted in one of these windows, and the exchange told its count with it.
     *
     * <pre>
     *   window 12:00      | window 12:01
     *        sent ------- | ------- answered with 900
     *   900 or more told of 12:00?  no: it went down at the turn, 900 is of 12:01
     *                               yes: it may be of either
     * </pre>
     *
     * @param from the window of the earliest time at which it may have been counted
     * @param to the window of the latest
     * @param sent when it went, by our clock
     */
    void counted(int told, long from, long to, Instant sent, Instant now) {
        if (from == to) {
            Count count = window(to);
            count.told = Math.max(count.told, told);
            if (!sent.isBefore(count.doubtedAt)) {
                count.doubted = 0;
            }
            return;
        }
        boolean wentDown = told < window(from).told;
        if (!wentDown) {
            window(from).told = told;
        }
        for (long later = from + 1; later <= to; later++) {
            Count count = window(later);
            if (wentDown) {
                count.told = Math.max(count.told, told);
            } else {
                count.doubted = Math.max(count.doubted, told);
                count.doubtedAt = now;
            }
        }
    }

    /** A request may have been counted in any of these windows, and nobody told. */
    void uncounted(int cost, long from, long to) {
        for (long window = from; window <= to; window++) {
            window(window).untold += cost;
        }
    }

    /**
     * One of the clocks was set: what is not told by the exchange's own date may lie in any window.
     */
    void restart(long from, long to) {
        int untold = windows.values().stream().mapToInt(count -> count.untold).sum();
        windows.values().forEach(count -> count.untold = 0);
        uncounted(untold, from, to);
    }

    /** Forgets what was before that window, or lies in a future that will not come. */
    void keep(long from, long to) {
        windows.headMap(from).clear();
        windows.tailMap(to, false).clear();
    }

    private Count window(long window) {
        return windows.computeIfAbsent(window, _ -> new Count());
    }
}
