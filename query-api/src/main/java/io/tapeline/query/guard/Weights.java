package io.tapeline.query.guard;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What each client has used of its weight, in fixed windows of a minute that begin with the clock's
 * (EXCHANGES A.6). Clients beyond those that are remembered share one account, so that whoever has
 * many addresses gets one client's share with them. Thread-safe.
 */
final class Weights {

    private static final long MINUTE_MS = 60_000;

    private final int limit;
    private final int mostClients;
    private final Clock clock;
    private volatile Window window;

    /**
     * @param limit weight of a client in a minute
     * @param mostClients that are told apart within a minute
     */
    Weights(int limit, int mostClients, Clock clock) {
        if (limit < 1 || mostClients < 1) {
            throw new IllegalArgumentException(
                    "weights: limit " + limit + " of " + mostClients + " clients is not positive");
        }
        this.limit = limit;
        this.mostClients = mostClients;
        this.clock = clock;
        this.window = new Window(clock.millis() / MINUTE_MS);
    }

    /**
     * @param used in this minute, the question with it if it was admitted
     * @param untilNext how long this minute goes on, at least a millisecond
     */
    record Account(boolean admitted, int used, Duration untilNext) {}

    private static final class Window {
        private final long minute;
        private final ConcurrentMap<String, AtomicInteger> used = new ConcurrentHashMap<>();
        private final AtomicInteger others = new AtomicInteger();

        Window(long minute) {
            this.minute = minute;
        }
    }

    /** A question that does not fit any more uses nothing. */
    Account charge(String client, int weight) {
        long now = clock.millis();
        AtomicInteger account = accountOf(client, windowOf(now / MINUTE_MS));
        Duration untilNext = Duration.ofMillis(MINUTE_MS - Math.floorMod(now, MINUTE_MS));
        int before = account.get();
        while (before + weight <= limit) {
            int witness = account.compareAndExchange(before, before + weight);
            if (witness == before) {
                return new Account(true, before + weight, untilNext);
            }
            before = witness;
        }
        return new Account(false, before, untilNext);
    }

    private Window windowOf(long minute) {
        Window current = window;
        if (current.minute == minute) {
            return current;
        }
        synchronized (this) {
            // Of two questions at a border the earlier may come later: it must not undo the minute.
            // A clock that was set back does.
            long ahead = window.minute - minute;
            if (ahead < 0 || ahead > 1) {
                window = new Window(minute);
            }
            return window;
        }
    }

    private AtomicInteger accountOf(String client, Window current) {
        AtomicInteger known = current.used.get(client);
        if (known != null) {
            return known;
        }
        // May be passed by as many as ask for the first time at once: a bound of memory, not a law.
        return current.used.size() >= mostClients
                ? current.others
                : current.used.computeIfAbsent(client, _ -> new AtomicInteger());
    }

    int limit() {
        return limit;
    }

    /** Clients told apart in this minute. */
    int clients() {
        return window.used.size();
    }
}
