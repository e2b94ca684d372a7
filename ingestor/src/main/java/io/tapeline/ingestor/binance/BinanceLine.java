package io.tapeline.ingestor.binance;

import io.tapeline.ingestor.connection.Backoff;
import io.tapeline.ingestor.connection.ConnectionAttempts;
import io.tapeline.ingestor.connection.Lifetime;
import io.tapeline.ingestor.connection.Sockets;
import io.tapeline.ingestor.feed.IngestorCounters;
import io.tapeline.ingestor.feed.RawRoutes;
import io.tapeline.ingestor.share.Interruption;
import io.tapeline.ingestor.share.InterruptionListener;
import io.tapeline.schemas.market.Instrument;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One line: independent connections that together carry the streams of the followed instruments.
 * Thread-safe.
 */
public final class BinanceLine implements AutoCloseable {

    private static final long CLOSE_SECONDS = 1;

    private final String name;
    private final LineSettings settings;
    private final URI address;
    private final Sockets sockets;
    private final ConnectionAttempts attempts;
    private final Backoff backoff;
    private final RawRoutes routes;
    private final InterruptionListener listener;
    private final IngestorCounters counters;
    private final ScheduledExecutorService scheduler;
    private final Lifetime lifetime;
    private final StreamPlacement placement;
    private final List<BinanceConnection> connections = new ArrayList<>();
    private StreamTable streams = StreamTable.EMPTY;
    private boolean followed;

    /**
     * @param lifetime of its connections
     * @param listener hears what the connections have subscribed
     * @param scheduler of one thread, on which all connections decide
     */
    public BinanceLine(
            String name,
            LineSettings settings,
            Sockets sockets,
            ConnectionAttempts attempts,
            Backoff backoff,
            Lifetime lifetime,
            RawRoutes routes,
            InterruptionListener listener,
            IngestorCounters counters,
            ScheduledExecutorService scheduler) {
        this.name = name;
        this.settings = settings;
        this.address = settings.address();
        this.sockets = sockets;
        this.attempts = attempts;
        this.backoff = backoff;
        this.lifetime = lifetime;
        this.routes = routes;
        this.listener = listener;
        this.counters = counters;
        this.scheduler = scheduler;
        this.placement = new StreamPlacement(settings.streamsPerConnection());
    }

    /** From now on these instruments, and no others; what stays is not disturbed. */
    public synchronized void follow(Collection<Instrument> instruments) {
        StreamTable next =
                StreamTable.of(instruments, settings.types(), name, settings.unit(), routes);
        streams = next;
        Interruption first = followed ? Interruption.ASSIGNED : Interruption.START;
        followed |= !instruments.isEmpty();
        List<Set<String>> placed = placement.place(next.streams());
        for (int number = 0; number < placed.size(); number++) {
            if (number == connections.size()) {
                connections.add(connection(number));
            }
            connections.get(number).want(next, placed.get(number), first);
        }
    }

    private BinanceConnection connection(int number) {
        return new BinanceConnection(
                name,
                "binance/" + name + "/" + number,
                address,
                sockets,
                carriage ->
                        new ConnectionSlot(
                                new LegDriver(attempts, backoff, lifetime),
                                settings::subscriptions,
                                carriage,
                                settings.overlap(),
                                System.nanoTime()),
                listener,
                counters,
                scheduler);
    }

    synchronized List<BinanceConnection> connections() {
        return List.copyOf(connections);
    }

    public synchronized State state() {
        return new State(
                name,
                connections.size(),
                (int) connections.stream().filter(BinanceConnection::isOpen).count(),
                streams.streams().size(),
                connections.stream().mapToInt(BinanceConnection::subscribed).sum(),
                connections.stream().mapToInt(BinanceConnection::refused).sum(),
                connections.stream()
                        .mapToLong(BinanceConnection::newestFrameNanos)
                        .max()
                        .orElse(0));
    }

    /** Returns when the connections have been told to close, within a second. */
    @Override
    public synchronized void close() {
        connections.forEach(BinanceConnection::close);
        try {
            scheduler.submit(() -> {}).get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("line " + name + " is still busy", e);
        }
    }

    /**
     * How a line stands.
     *
     * @param subscribed streams that the exchange has confirmed, of those wanted
     * @param refused streams that the exchange refuses on the connections as they are, of those
     *     wanted
     * @param newestFrameNanos nanoseconds since the epoch; 0 if there was none
     */
    public record State(
            String line,
            int connections,
            int open,
            int wanted,
            int subscribed,
            int refused,
            long newestFrameNanos) {

        public Phase phase() {
            if (wanted > 0 && subscribed == wanted) {
                return Phase.STREAMING;
            }
            return connections > 0 && open == 0 ? Phase.DOWN : Phase.CONNECTING;
        }
    }

    /** What a line's state comes to. */
    public enum Phase {
        /** All that is wanted is subscribed. */
        STREAMING,
        /** Some of it is not yet, or the instruments are not yet known. */
        CONNECTING,
        /** No connection is open. */
        DOWN
    }
}
