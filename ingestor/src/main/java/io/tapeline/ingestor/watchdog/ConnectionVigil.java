package io.tapeline.ingestor.watchdog;

import java.util.List;

/**
 * What is remembered of one connection: that it was found stalled, and how often in a row, so that
 * a market that stands still as a whole does not have its connections replaced without end.
 */
final class ConnectionVigil {

    private static final int MOST_DOUBLINGS = 16;

    private final WatchdogSettings settings;
    private long events;
    private int strikes;
    private long notBefore;

    ConnectionVigil(WatchdogSettings settings) {
        this.settings = settings;
    }

    void see(List<Vigil> watched) {
        long now = watched.stream().mapToLong(vigil -> vigil.sight().count()).sum();
        if (now > events && events > 0) {
            strikes = 0;
        }
        events = now;
    }

    boolean maySuspect(long now) {
        return strikes == 0 || now - notBefore >= 0;
    }

    void condemn(long now) {
        long floor = settings.floor().toNanos();
        long ceiling = settings.ceiling().toNanos();
        int doublings = Math.min(strikes + 1, MOST_DOUBLINGS);
        strikes++;
        notBefore = now + (floor > ceiling >> doublings ? ceiling : floor << doublings);
    }
}
