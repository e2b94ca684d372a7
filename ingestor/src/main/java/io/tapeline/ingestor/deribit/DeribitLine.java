package io.tapeline.ingestor.deribit;

import io.tapeline.ingestor.connection.Backoff;
import io.tapeline.ingestor.connection.ConnectionAttempts;
import io.tapeline.ingestor.connection.DecisionThread;
import io.tapeline.ingestor.connection.Sockets;
import io.tapeline.ingestor.feed.RawRoutes;
import io.tapeline.ingestor.feed.SourceCounters;
import io.tapeline.ingestor.feed.SourceState;
import io.tapeline.ingestor.share.InterruptionListener;
import io.tapeline.ingestor.share.Streaming;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Venue;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;

/**
 * One line: the indices that it follows, carried by a connection of its own. All decisions are made
 * on the scheduler's single thread; events are published where they are read. Thread-safe.
 */
public final class DeribitLine implements AutoCloseable {

    private final String name;
    private final RawRoutes routes;
    private final InterruptionListener listener;
    private final DecisionThread decisions;
    private final DeribitConnection connection;
    private final Carried carried = new Carried();
    private volatile Map<String, IndexChannel> channels = Map.of();
    private volatile int followed;

    /**
     * How long to wait after failures.
     *
     * @param connect before connecting again
     * @param soon before asking again after an error that passes
     * @param late before asking again while the venue is away
     */
    public record Waits(Backoff connect, Backoff soon, Backoff late) {}

    /**
     * @param attempts shared by all lines of this process
     * @param scheduler of one thread, on which all lines decide; stays the caller's
     */
    public DeribitLine(
            String name,
            DeribitSettings settings,
            Sockets sockets,
            ConnectionAttempts attempts,
            Waits waits,
            RawRoutes routes,
            InterruptionListener listener,
            SourceCounters counters,
            ScheduledExecutorService scheduler) {
        this.name = name;
        this.routes = routes;
        this.listener = listener;
        this.decisions = new DecisionThread("deribit/" + name, scheduler);
        this.connection =
                new DeribitConnection(
                        "deribit/" + name,
                        settings,
                        sockets,
                        attempts,
                        waits,
                        this,
                        counters,
                        decisions);
    }

    /** From now on these indices, and no others; without any there is no connection. */
    public void follow(Collection<Instrument> instruments) {
        List<Instrument> wanted = List.copyOf(instruments);
        followed = wanted.size(); // at once: what is told next of the line must know of it
        decisions.post(() -> {
            Map<String, IndexChannel> next = new LinkedHashMap<>();
            for (Instrument instrument : wanted) {
                String channel = IndexChannel.nameOf(instrument);
                IndexChannel before = channels.get(channel);
                next.put(
                        channel,
                        before == null ? new IndexChannel(instrument, name, routes) : before);
            }
            channels = next; // before anything is subscribed, so that no first event is unknown
            carried.retain(next.keySet());
            connection.want(next.keySet());
        });
    }

    /** By the names of their channels; read by the socket's thread. */
    Map<String, IndexChannel> channels() {
        return channels;
    }

    /** The venue has confirmed these channels. */
    void arrived(List<String> names) {
        for (String channelName : names) {
            IndexChannel channel = channels.get(channelName);
            if (channel != null) {
                listener.carries(name, List.of(channel.stream()), carried.ended(channelName));
            }
        }
    }

    /** The channel stands still. */
    void stalled(String channelName) {
        IndexChannel channel = channels.get(channelName);
        if (channel != null) {
            carried.interrupted(channelName, channel.newestReceivedNanos(), "stalled");
        }
    }

    /**
     * The connection is gone that carried these channels.
     *
     * @param newestNanos when its newest message came, nanoseconds since the epoch
     */
    void lost(List<String> names, long newestNanos, String reason) {
        names.forEach(
                channel -> carried.interrupted(channel, newestNanos, "connection lost: " + reason));
    }

    public SourceState state() {
        return new SourceState(
                Venue.DERIBIT,
                name,
                connection.isOpen() ? 1 : 0,
                channels.size(),
                connection.subscribed(),
                connection.newestFrameNanos());
    }

    /** How much of what it is to follow it carries. */
    public Streaming streaming() {
        return connection.subscribed() + connection.refused() >= followed
                ? Streaming.ALL
                : Streaming.NOT_ALL;
    }

    @Override
    public void close() {
        decisions.post(connection::stop);
    }
}
