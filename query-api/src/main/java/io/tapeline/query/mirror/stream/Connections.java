package io.tapeline.query.mirror.stream;

import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All clients of the streams: no more than are allowed, kept once a second, and let go in an
 * orderly way before the server ends (A.2).
 */
final class Connections implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
    private static final long MILLIS = 1_000;
    private static final long PAUSE_NANOS = 10_000_000;

    private final StreamHub hub;
    private final StreamSettings settings;
    private final StreamCounts counts;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService keeper =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("mirror-keeper").factory());
    private int places;
    private boolean closed;

    Connections(
            StreamHub hub,
            StreamSettings settings,
            StreamCounts counts,
            Clock clock,
            LongSupplier nanoTime) {
        this.hub = hub;
        this.settings = settings;
        this.counts = counts;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /** Begins to tick, at the borders of the clock's seconds. */
    void start() {
        long untilNext = MILLIS - Math.floorMod(clock.millis(), MILLIS);
        var _ = keeper.scheduleAtFixedRate(this::keep, untilNext, MILLIS, TimeUnit.MILLISECONDS);
    }

    private void keep() {
        try {
            hub.tick();
            long now = nanoTime.getAsLong();
            long millis = clock.millis();
            open.forEach(connection -> connection.keep(now, millis));
        } catch (RuntimeException e) {
            // One that is thrown would be the last tick.
            LOG.atError().setCause(e).log("mirror: a tick failed");
        }
    }

    /** A place for one more; false where there is none. */
    synchronized boolean take() {
        if (closed || places >= settings.connections()) {
            counts.refused();
            return false;
        }
        places++;
        return true;
    }

    /** Of who has taken a place and did not open. */
    synchronized void giveBack() {
        places--;
    }

    /** Of who has taken a place; empty where it ends now. */
    Optional<Connection> opened(Socket socket, Handshake.Wanted wanted) {
        Connection connection =
                new Connection(
                        socket, hub, counts, wanted, settings.queued(), nanoTime.getAsLong());
        synchronized (this) {
            if (closed) {
                return Optional.empty();
            }
            open.add(connection);
        }
        connection.open(wanted.streams());
        return Optional.of(connection);
    }

    void gone(Connection connection) {
        connection.gone();
        if (open.remove(connection)) {
            giveBack();
        }
    }

    int size() {
        return open.size();
    }

    /**
     * Tells every client that the server shuts down, writes what waits for it, and closes it: all
     * within the drain's time.
     */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        keeper.shutdownNow();
        long millis = clock.millis();
        String shutdown = "{\"e\":\"serverShutdown\",\"E\":" + millis + "}";
        String combined = "{\"stream\":\"!serverShutdown\",\"data\":" + shutdown + "}";
        open.forEach(connection -> connection.drain(connection.combined() ? combined : shutdown));
        long deadline = nanoTime.getAsLong() + settings.drain().toNanos();
        while (!open.stream().allMatch(Connection::hasEnded)
                && nanoTime.getAsLong() - deadline < 0) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        open.forEach(
                connection -> connection.end(Socket.GOING_AWAY, "The server is shutting down."));
    }
}
