package io.tapeline.standalone;

import io.tapeline.aggregator.Aggregator;
import io.tapeline.aggregator.AggregatorApplication;
import io.tapeline.exchange.SimulatedExchange;
import io.tapeline.exchange.SimulatorSettings;
import io.tapeline.exchange.Source;
import io.tapeline.exchange.VenueSettings;
import io.tapeline.ingestor.Ingestor;
import io.tapeline.ingestor.IngestorApplication;
import io.tapeline.kafka.BrokerSettings;
import io.tapeline.kafka.EmbeddedBroker;
import io.tapeline.query.QueryApiApplication;
import io.tapeline.schemas.access.SharedSecret;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.boot.WebApplicationType;

/**
 * Broker, ingestor, aggregator and query API in this process; in the demo an exchange too. What was
 * started is stopped in the opposite order, also when a later part does not start. What it has
 * taken in is on disk: started again over the same directory, it goes on from there.
 */
public final class Standalone implements AutoCloseable {

    private static final String ANY_PORT = "0";

    private final Parts parts;
    private final URI api;
    private final String bootstrap;
    private final Optional<SimulatedExchange> exchange;
    private final URI ingestor;
    private final URI aggregator;
    private final SharedSecret secret;

    private Standalone(
            Parts parts,
            URI api,
            String bootstrap,
            Optional<SimulatedExchange> exchange,
            URI ingestor,
            URI aggregator,
            SharedSecret secret) {
        this.parts = parts;
        this.api = api;
        this.bootstrap = bootstrap;
        this.exchange = exchange;
        this.ingestor = ingestor;
        this.aggregator = aggregator;
        this.secret = secret;
    }

    /** As {@link #start(Mode, Map, Consumer)}; a fault of the broker shows only in the log. */
    static Standalone start(Mode mode, Map<String, String> told) throws IOException {
        return start(mode, told, fault -> {});
    }

    /**
     * @param told settings, by their whole names, that stand above the environment and every file
     * @param onFatalFault told at most once, on a thread of the broker, that the broker serves
     *     nothing any more
     * @throws IOException if the broker or the simulated exchange cannot start
     */
    static Standalone start(Mode mode, Map<String, String> told, Consumer<Throwable> onFatalFault)
            throws IOException {
        StandaloneSettings settings = StandaloneSettings.read(told);
        Parts parts = new Parts();
        try {
            String bootstrap = broker(parts, mode, settings, onFatalFault);
            Map<String, String> service = new HashMap<>(told);
            service.put("tapeline.kafka.bootstrap", bootstrap);
            service.put("tapeline.data-dir", settings.dataDir(mode).toString());
            Optional<SimulatedExchange> exchange = exchange(parts, mode, settings, service);
            URI ingestor = ingestor(parts, mode, service);
            ServicePart keeper = aggregator(parts, service);
            URI aggregator = keeper.part(Aggregator.class).address();
            service.put("tapeline.ingestor.urls", ingestor.toString());
            service.put("tapeline.aggregator.urls", aggregator.toString());
            URI api = queryApi(parts, service);
            return new Standalone(
                    parts, api, bootstrap, exchange, ingestor, aggregator, keeper.secret());
        } catch (IOException | RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    private static String broker(
            Parts parts, Mode mode, StandaloneSettings settings, Consumer<Throwable> onFatalFault)
            throws IOException {
        if (!settings.kafka().bootstrap().isEmpty()) {
            return settings.kafka().bootstrap();
        }
        BrokerSettings broker =
                BrokerSettings.in(settings.dataDir(mode).resolve("kafka"))
                        .withPort(settings.kafka().port());
        EmbeddedBroker started = parts.add("broker", new EmbeddedBroker(broker, onFatalFault));
        started.start();
        return started.bootstrap();
    }

    private static Optional<SimulatedExchange> exchange(
            Parts parts, Mode mode, StandaloneSettings settings, Map<String, String> service)
            throws IOException {
        return switch (mode) {
            case LIVE -> Optional.empty();
            case DEMO -> {
                StandaloneSettings.Demo demo = settings.demo();
                Source market =
                        Source.Synthetic.demo()
                                .withPairs(demo.pairs())
                                .withEventsPerSecond(demo.rate())
                                .withSeed(demo.seed());
                SimulatedExchange exchange =
                        parts.add(
                                "simulated exchange",
                                SimulatedExchange.start(
                                        SimulatorSettings.of(market)
                                                .withPort(demo.port())
                                                .withVenues(demoVenues())));
                service.put("tapeline.binance.rest-url", exchange.restUrl().toString());
                service.put("tapeline.binance.ws-url", exchange.wsUrl().toString());
                service.put("tapeline.deribit.ws-url", exchange.deribitWsUrl().toString());
                service.put("tapeline.deribit.rest-url", exchange.deribitRestUrl().toString());
                service.put("tapeline.coingecko.url", exchange.coingeckoUrl().toString());
                yield Optional.of(exchange);
            }
        };
    }

    /** CoinGecko's prices change each 10 s there, that a visitor may see them change. */
    private static VenueSettings demoVenues() {
        VenueSettings real = VenueSettings.real();
        return real.withCoinGecko(
                real.coingecko()
                        .withCache(Duration.ofSeconds(10))
                        .withCredits(1_000_000, Duration.ofDays(31)));
    }

    /** Usually it is the only one: what it leaves nobody else takes over. */
    private static URI ingestor(Parts parts, Mode mode, Map<String, String> told) {
        Map<String, String> usual = new HashMap<>();
        usual.put("tapeline.ingestor.http-port", ANY_PORT);
        usual.put("tapeline.ingestor.handover", "0s");
        if (mode == Mode.DEMO) {
            usual.put("tapeline.coingecko.shortest-interval", "10s");
            usual.put("tapeline.coingecko.monthly-credits", "1000000");
        }
        ServicePart service =
                parts.add(
                        "ingestor",
                        ServicePart.start(
                                IngestorApplication.class,
                                "ingestor",
                                WebApplicationType.NONE,
                                usual,
                                told));
        return URI.create("http://127.0.0.1:" + service.part(Ingestor.class).httpPort());
    }

    private static ServicePart aggregator(Parts parts, Map<String, String> told) {
        return parts.add(
                "aggregator",
                ServicePart.start(
                        AggregatorApplication.class,
                        "aggregator",
                        WebApplicationType.NONE,
                        Map.of("tapeline.aggregator.http-port", ANY_PORT),
                        told));
    }

    private static URI queryApi(Parts parts, Map<String, String> told) {
        ServicePart service =
                parts.add(
                        "query API",
                        ServicePart.start(
                                QueryApiApplication.class,
                                "query-api",
                                WebApplicationType.SERVLET,
                                Map.of("tapeline.management-port", ANY_PORT),
                                told));
        return URI.create("http://127.0.0.1:" + service.setting("local.server.port"));
    }

    /** Of the public API and the page. */
    URI api() {
        return api;
    }

    /** Where the topics are. */
    String bootstrap() {
        return bootstrap;
    }

    /** The demo's exchange. */
    Optional<SimulatedExchange> exchange() {
        return exchange;
    }

    /** Internal address. */
    URI ingestor() {
        return ingestor;
    }

    /** Internal address. */
    URI aggregator() {
        return aggregator;
    }

    /** What the internal addresses ask for. */
    SharedSecret secret() {
        return secret;
    }

    /** Idempotent. */
    @Override
    public void close() {
        parts.close();
    }
}
