package io.tapeline.exchange;

import io.tapeline.exchange.coingecko.SimulatedCoinGecko;
import io.tapeline.exchange.deribit.SimulatedDeribit;
import io.tapeline.exchange.fault.FaultScript;
import io.tapeline.exchange.fault.Faults;
import io.tapeline.exchange.judge.Judge;
import io.tapeline.exchange.ledger.Ledger;
import io.tapeline.exchange.market.JsonWriter;
import io.tapeline.exchange.market.Market;
import io.tapeline.exchange.market.PairStreams;
import io.tapeline.exchange.market.TimePrecision;
import io.tapeline.exchange.rest.RequestLog;
import io.tapeline.exchange.rest.RestHandler;
import io.tapeline.exchange.stream.ConnectionView;
import io.tapeline.exchange.stream.StreamHub;
import io.tapeline.exchange.stream.StreamServer;
import io.tapeline.exchange.venue.VenueBreaches;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.pathmap.PathSpec;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.core.server.WebSocketUpgradeHandler;

/**
 * A Binance spot exchange in this process: market, REST, streams, ledger; and on the same port
 * Deribit and CoinGecko. Thread-safe; stops everything it started when closed.
 */
public final class SimulatedExchange implements AutoCloseable {

    private static final int MOST_THREADS = 32;

    /** A combined address may name a thousand streams. */
    private static final int REQUEST_HEADER_BYTES = 64 * 1024;

    /** Clients have so long to answer the close of their sockets. */
    private static final long GRACE_MILLIS = 500L;

    private final Ledger ledger;
    private final StreamHub hub;
    private final StreamServer streams;
    private final Judge judge;
    private final Faults faults;
    private final FaultScript script;
    private final MarketRunner runner;
    private final RequestLog requests = new RequestLog();
    private final VenueBreaches breaches = new VenueBreaches();
    private final SimulatedDeribit deribit;
    private final SimulatedCoinGecko coingecko;
    private final Server server;
    private final ServerConnector connector;

    private SimulatedExchange(SimulatorSettings settings) throws IOException {
        this.ledger = new Ledger(settings.ledgerBytes());
        this.judge = new Judge(settings.limits());
        this.script = settings.faults();
        this.hub = new StreamHub(ledger, settings.clock());
        this.runner =
                switch (settings.source()) {
                    case Source.Synthetic synthetic ->
                            new SyntheticRunner(synthetic, hub, settings.clock());
                    case Source.Replay replay -> new ReplayRunner(replay, hub, requests);
                };
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS);
        threads.setName("exchange-http");
        threads.setDaemon(true);
        this.server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setRequestHeaderSize(REQUEST_HEADER_BYTES);
        http.setSendServerVersion(false);
        this.connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        server.addConnector(connector);
        this.streams =
                new StreamServer(
                        hub,
                        settings.limits(),
                        settings.clock(),
                        judge,
                        settings.socketQueueFrames());
        VenueSettings venues = settings.venues();
        this.deribit =
                new SimulatedDeribit(
                        venues.seed(), venues.deribit(), ledger, breaches, settings.clock());
        this.coingecko =
                new SimulatedCoinGecko(
                        venues.seed(), venues.coingecko(), breaches, settings.clock());
        RestHandler rest =
                new RestHandler(
                        runner.market(), settings.limits(), settings.clock(), requests, judge);
        this.faults =
                new Faults(
                        new Faults.Sites(
                                streams.socketFaults(),
                                hub.eventFaults(),
                                streams.answerFaults(),
                                rest.faults(),
                                new MarketFaults(runner),
                                new VenueFaultSite(deribit, coingecko)),
                        settings.clock());
        WebSocketUpgradeHandler upgrades = new WebSocketUpgradeHandler();
        upgrades.addMapping(PathSpec.from("/"), streams);
        upgrades.addMapping(PathSpec.from(SimulatedDeribit.SOCKET_PATH), deribit.sockets());
        upgrades.setHandler(
                new Handler.Sequence(
                        rest,
                        deribit.http(),
                        coingecko.http(),
                        new FaultHandler(faults, judge),
                        new VenueAdminHandler(breaches, coingecko),
                        new AdminHandler(
                                runner.market(), ledger, requests, hub, runner::progress)));
        server.setHandler(upgrades);
    }

    /**
     * Starts an exchange; its market runs when this returns (a replay that waits for a client then
     * waits).
     *
     * @throws IOException if a recording cannot be read, or the port is taken
     */
    public static SimulatedExchange start(SimulatorSettings settings) throws IOException {
        SimulatedExchange exchange = new SimulatedExchange(settings);
        try {
            exchange.server.start();
            exchange.runner.start();
            exchange.faults.start(exchange.script);
            return exchange;
        } catch (Exception e) {
            exchange.close();
            throw e instanceof IOException io
                    ? io
                    : new IOException("The simulated exchange did not start", e);
        }
    }

    /** The base to which {@code /api/v3/...} is appended. */
    public URI restUrl() {
        return URI.create("http://" + connector.getHost() + ":" + connector.getLocalPort());
    }

    /** The base to which {@code /ws} and {@code /stream} are appended. */
    public URI wsUrl() {
        return URI.create("ws://" + connector.getHost() + ":" + connector.getLocalPort());
    }

    /** The address of Deribit's socket. */
    public URI deribitWsUrl() {
        return wsUrl().resolve(SimulatedDeribit.SOCKET_PATH);
    }

    /** The base to which {@code /public/get_index_price} is appended. */
    public URI deribitRestUrl() {
        return restUrl().resolve(SimulatedDeribit.REST_PATH);
    }

    /** The base to which {@code /simple/price} is appended. */
    public URI coingeckoUrl() {
        return restUrl().resolve(SimulatedCoinGecko.REST_PATH);
    }

    /** Deribit's side of this exchange, with its faults. */
    public SimulatedDeribit deribit() {
        return deribit;
    }

    /** CoinGecko's side of this exchange, with its faults. */
    public SimulatedCoinGecko coingecko() {
        return coingecko;
    }

    /** What clients did that Deribit's and CoinGecko's rules forbid. */
    public VenueBreaches breaches() {
        return breaches;
    }

    public int port() {
        return connector.getLocalPort();
    }

    /** What was truly sent. */
    public Ledger ledger() {
        return ledger;
    }

    /** What goes wrong. */
    public Faults faults() {
        return faults;
    }

    /** Whether the clients keep the exchange's limits. */
    public Judge judge() {
        return judge;
    }

    /** The requests made. */
    public RequestLog requests() {
        return requests;
    }

    /** The sockets that are open. */
    public List<ConnectionView> connections() {
        return hub.connections();
    }

    /** The symbols in the order in which {@code exchangeInfo} lists them. */
    public List<String> symbols() {
        return runner.market().pairs().stream().map(p -> p.pair().spec().symbol()).toList();
    }

    /** The whole true book at one point of the flow, as JSON in the shape of the REST answer. */
    public String book(String symbol) {
        Market market = runner.market();
        PairStreams pair = market.pair(symbol);
        if (pair == null) {
            throw new IllegalArgumentException("No such symbol: " + symbol);
        }
        return market.at(() -> {
            JsonWriter out = new JsonWriter(TimePrecision.MILLISECOND);
            pair.pair().book().writeSnapshot(out, pair.pair().spec(), Integer.MAX_VALUE);
            return out.toString();
        });
    }

    public Progress progress() {
        return runner.progress();
    }

    /** Events written to sockets so far. */
    public long framesSent() {
        return hub.framesSent();
    }

    /** Sockets are closed, answers that are still to come never do. Closing again does nothing. */
    @Override
    public void close() {
        faults.close();
        runner.close();
        streams.close();
        deribit.close();
        try {
            if (server.isStarted()) {
                endConnections();
            }
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The simulated exchange did not stop", e);
        }
    }

    /** Whoever does not take part in closing is cut off. */
    private void endConnections() throws InterruptedException, ExecutionException {
        try {
            connector.shutdown().get(GRACE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            connector.getConnectedEndPoints().forEach(EndPoint::close);
        }
    }
}
