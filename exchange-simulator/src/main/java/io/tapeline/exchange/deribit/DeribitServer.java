package io.tapeline.exchange.deribit;

import io.tapeline.exchange.ledger.Ledger;
import io.tapeline.exchange.stream.Outgoing;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Opens sockets, publishes index prices to them, and looks after their heartbeats. */
final class DeribitServer implements WebSocketNegotiator, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DeribitServer.class);
    private static final String INDEX_CHANNEL = "deribit_price_index.";
    private static final int OUTPUT_BUFFER_BYTES = 16 * 1024;

    /** Beyond the numbers of Binance's connections, which share the ledger. */
    private static final long FIRST_ID = 1_000_000_000L;

    private static final int MOST_FRAMES = 4_096;

    private final IndexPrices prices;
    private final StatelessMethods methods;
    private final DeribitRules rules;
    private final DeribitFaults faults;
    private final Ledger ledger;
    private final InstantSource clock;
    private final AtomicLong ids = new AtomicLong(FIRST_ID);
    private final Set<DeribitConnection> connections = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService keeper;
    private volatile Instant published;

    DeribitServer(
            IndexPrices prices,
            DeribitRules rules,
            DeribitFaults faults,
            Ledger ledger,
            InstantSource clock) {
        this.prices = prices;
        this.methods = new StatelessMethods(prices);
        this.rules = rules;
        this.faults = faults;
        this.ledger = ledger;
        this.clock = clock;
        this.published = clock.instant();
        this.keeper =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().name("deribit-keeper").daemon(true).factory());
        long every = rules.limits().publishEvery().toNanos();
        var unused =
                keeper.scheduleAtFixedRate(
                        () -> safely(this::publish), every, every, TimeUnit.NANOSECONDS);
        Duration shortest =
                rules.limits()
                        .heartbeatSecond()
                        .multipliedBy(rules.limits().leastHeartbeatSeconds());
        long check = Math.clamp(shortest.toNanos() / 20, 1_000_000L, 500_000_000L);
        var unusedToo =
                keeper.scheduleWithFixedDelay(
                        () -> safely(this::keepAll), check, check, TimeUnit.NANOSECONDS);
    }

    /** A task that fails must not end the later ones. */
    private static void safely(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("Keeping Deribit's sockets failed");
        }
    }

    private void publish() {
        Instant now = clock.instant();
        published = now;
        for (String name : prices.names()) {
            String channel = INDEX_CHANNEL + name;
            List<DeribitConnection> subscribers =
                    connections.stream().filter(c -> c.isSubscribed(channel)).toList();
            if (!subscribers.isEmpty() && !faults.isStalled(channel)) {
                publish(channel, name, now, subscribers);
            }
        }
    }

    private void publish(
            String channel, String name, Instant now, List<DeribitConnection> subscribers) {
        String data =
                "{\"timestamp\":"
                        + now.toEpochMilli()
                        + ",\"price\":"
                        + prices.at(name, now)
                        + ",\"index_name\":\""
                        + name
                        + "\"}";
        String frame =
                "{\"jsonrpc\":\"2.0\",\"method\":\"subscription\",\"params\":{\"channel\":\""
                        + channel
                        + "\",\"data\":"
                        + data
                        + "}}";
        Ledger.Sending sending =
                ledger.published(
                        channel, micros(now) * 1_000L, data.getBytes(StandardCharsets.UTF_8));
        Outgoing outgoing = new Outgoing(null, frame.getBytes(StandardCharsets.UTF_8), sending);
        subscribers.forEach(connection -> connection.send(outgoing));
    }

    private void keepAll() {
        Instant now = clock.instant();
        connections.removeIf(connection -> connection.isAbandoned(now));
        if (!faults.areHeartbeatsSilent()) {
            connections.forEach(connection -> connection.keep(now));
        }
    }

    @Override
    public @Nullable FrameHandler negotiate(
            ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback) {
        String remote = host(request.getConnectionMetaData().getRemoteSocketAddress());
        if (faults.isRefusing()) {
            return refuse(response, callback, HttpStatus.SERVICE_UNAVAILABLE_503);
        }
        DeribitConnection connection =
                new DeribitConnection(
                        ids.incrementAndGet(), this, remote, MOST_FRAMES, clock.instant());
        // The 33rd of one address is refused (EXCHANGES B, limits).
        synchronized (connections) {
            long open =
                    connections.stream()
                            .filter(c -> c.counts() && c.remote().equals(remote))
                            .count();
            if (!rules.mayConnect(remote, open)) {
                return refuse(response, callback, HttpStatus.TOO_MANY_REQUESTS_429);
            }
            connections.add(connection);
        }
        return connection;
    }

    private static @Nullable FrameHandler refuse(
            ServerUpgradeResponse response, Callback callback, int status) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain;charset=UTF-8");
        Content.Sink.write(response, true, "", callback);
        return null;
    }

    static String host(SocketAddress address) {
        return address instanceof InetSocketAddress inet
                ? inet.getHostString()
                : address.toString();
    }

    @Override
    public void customize(Configuration configuration) {
        configuration.setOutputBufferSize(OUTPUT_BUFFER_BYTES);
        configuration.setAutoFragment(false);
        configuration.setMaxFrameSize(0);
        configuration.setIdleTimeout(Duration.ZERO);
    }

    void opened(DeribitConnection connection) {
        connections.add(connection);
    }

    void closed(DeribitConnection connection) {
        connections.remove(connection);
    }

    Set<DeribitConnection> open() {
        return connections;
    }

    DeribitRules rules() {
        return rules;
    }

    DeribitFaults faults() {
        return faults;
    }

    Instant now() {
        return clock.instant();
    }

    boolean hasChannel(String channel) {
        return channel.startsWith(INDEX_CHANNEL)
                && prices.has(channel.substring(INDEX_CHANNEL.length()));
    }

    RpcOutcome call(String method, JsonNode params, Instant now) {
        return methods.call(method, params, now, published);
    }

    static long micros(Instant time) {
        return Math.addExact(
                Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1_000L);
    }

    @Override
    public void close() {
        keeper.shutdownNow();
        for (DeribitConnection connection : connections) {
            if (connection.counts()) {
                connection.close(CloseStatus.SHUTDOWN, "going away");
            } else {
                connection.abort();
            }
        }
    }
}
