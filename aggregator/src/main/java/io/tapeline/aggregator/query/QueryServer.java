package io.tapeline.aggregator.query;

import io.tapeline.aggregator.tap.Tap;
import io.tapeline.schemas.access.SharedSecret;
import io.tapeline.schemas.proto.AggregatorStatus;
import io.tapeline.schemas.topic.Topics;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.state.HostInfo;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The internal HTTP server. It is bound before the streams exist, for they announce its address to
 * the group; until it is given them it answers nothing but 503.
 */
public final class QueryServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(QueryServer.class);
    private static final int THREADS = 8;
    private static final int MOST_CONNECTIONS = 512;
    private static final int HEADER_BYTES = 8 << 10;
    private static final long IDLE_MILLIS = 30_000;
    private static final long STOP_MILLIS = 2_000;

    private final Server server;
    private final ServerConnector connector;
    private final HostInfo address;
    private final AtomicReference<@Nullable Handler> questions = new AtomicReference<>();
    private final AtomicReference<@Nullable FeedHandler> feeds = new AtomicReference<>();

    /**
     * Binds and starts.
     *
     * @param host the address to bind to
     * @param port 0: any free one
     * @param advertisedHost what other instances and the query API are told; empty: {@code host}
     * @param secret what whoever asks must tell
     */
    public QueryServer(String host, int port, String advertisedHost, SharedSecret secret) {
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, THREADS);
        threads.setName("aggregator-http");
        server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(HEADER_BYTES);
        connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_MILLIS);
        server.addConnector(connector);
        // A connection asks one question at a time: this bounds what waits.
        server.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, server));
        server.setHandler(new WhenReady(secret, questions));
        server.setStopTimeout(STOP_MILLIS);
        try {
            server.start();
        } catch (Exception e) {
            close();
            throw new IllegalStateException(
                    "aggregator HTTP server: cannot listen on " + host + ":" + port, e);
        }
        if (secret.isMissingAt(new InetSocketAddress(host, connector.getLocalPort()))) {
            LOG.atWarn()
                    .addKeyValue("host", host)
                    .log("Internal server answers other machines, and no secret is set");
        }
        address =
                new HostInfo(
                        advertisedHost.isEmpty() ? host : advertisedHost, connector.getLocalPort());
    }

    /** What the routing table calls this instance. */
    public HostInfo address() {
        return address;
    }

    /**
     * From now on questions are answered.
     *
     * @return how this instance goes, for those who ask in this process
     */
    public Supplier<AggregatorStatus> answerFrom(
            KafkaStreams streams,
            Topics topics,
            int partitions,
            Currency currency,
            StandbyCopies copies,
            StatusSources status,
            Tap tap) {
        Routing routing = new Routing(streams, address, topics, partitions);
        LocalStores stores =
                new LocalStores(streams, routing, status.restorations(), copies, currency);
        MarketQueries market = new MarketQueries(stores, topics);
        BookQueries books = new BookQueries(stores, topics.rawDepth().name());
        StatusReport report = new StatusReport(address, streams, stores, status);
        FeedHandler feed = new FeedHandler(tap, new HeldState(market, books));
        feeds.set(feed);
        Handler handler = new QueryHandler(routing, currency, market, books, report::now, feed);
        handler.setServer(server);
        questions.set(handler);
        return report::now;
    }

    @Override
    public void close() {
        FeedHandler feed = feeds.get();
        if (feed != null) {
            feed.close();
        }
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("aggregator HTTP server: did not stop cleanly", e);
        }
    }
}
