package io.tapeline.standalone;

import io.tapeline.aggregator.AggregatorApplication;
import io.tapeline.chaos.market.HastyExchange;
import io.tapeline.chaos.market.SimulatorAdmin;
import io.tapeline.exchange.SimulatedExchange;
import io.tapeline.exchange.SimulatorSettings;
import io.tapeline.exchange.Source;
import io.tapeline.ingestor.Ingestor;
import io.tapeline.ingestor.IngestorApplication;
import io.tapeline.kafka.test.KafkaCluster;
import io.tapeline.query.QueryApiApplication;
import io.tapeline.schemas.topic.TopicSetup;
import io.tapeline.schemas.topic.Topics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;

/**
 * The three services with their endpoints of health and metrics, as each of them runs alone, at an
 * exchange that errs on demand.
 */
final class WatchedInstallation implements AutoCloseable {

    private static final int PAIRS = 4;
    private static final int EVENTS_PER_SECOND = 100;

    private final Parts parts = new Parts();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Topics topics;
    private final SimulatedExchange exchange;
    private final SimulatorAdmin admin;
    private final ServicePart ingestor;
    private @Nullable ServicePart aggregator;
    private final String aggregatorPort;
    private final ServicePart queryApi;

    WatchedInstallation(KafkaCluster kafka, Path dir) throws Exception {
        String prefix = kafka.uniquePrefix();
        topics = new Topics(prefix);
        TopicSetup.ensure(kafka.admin(), topics, FaultyMarket.PARTITIONS, (short) 1);
        try {
            exchange =
                    parts.add(
                            "exchange",
                            SimulatedExchange.start(
                                    SimulatorSettings.of(
                                                    Source.Synthetic.demo()
                                                            .withPairs(PAIRS)
                                                            .withBookLevels(150)
                                                            .withEventsPerSecond(EVENTS_PER_SECOND))
                                            .withVenues(HastyExchange.venues())));
            admin = parts.add("administration", new SimulatorAdmin(exchange));
            Map<String, String> settings =
                    HastySettings.ingestor("ingestor-1", kafka.bootstrap(), prefix, exchange);
            settings.put("tapeline.ingestor.lines", "a,b");
            settings.put("tapeline.ingestor.management-port", "0");
            settings.put("tapeline.ingestor.handover", "0s");
            // Once a minute is silence to alerts that are in a hurry.
            settings.put("tapeline.deribit.rest-url", "");
            ingestor = start("ingestor", IngestorApplication.class, settings);
            settings = new HashMap<>();
            settings.put("tapeline.kafka.bootstrap", kafka.bootstrap());
            settings.put("tapeline.kafka.topic-prefix", prefix);
            settings.put("tapeline.kafka.partitions", "" + FaultyMarket.PARTITIONS);
            settings.put("tapeline.data-dir", dir.toString());
            settings.put("tapeline.aggregator.http-port", "0");
            settings.put("tapeline.aggregator.management-port", "0");
            ServicePart started =
                    start("aggregator", AggregatorApplication.class, Map.copyOf(settings));
            aggregator = started;
            aggregatorPort = port(started);
            settings.put("tapeline.http-port", "0");
            // One place, and nobody waits for it: easily too few.
            settings.put("tapeline.limits.concurrent-lists", "1");
            settings.put("tapeline.limits.patience", "0s");
            settings.put(
                    "tapeline.aggregator.urls",
                    started.part(io.tapeline.aggregator.Aggregator.class).address().toString());
            settings.put(
                    "tapeline.ingestor.urls",
                    "http://127.0.0.1:" + ingestor.part(Ingestor.class).httpPort());
            queryApi = start("query-api", QueryApiApplication.class, settings);
        } catch (Exception | Error e) {
            close();
            throw e;
        }
    }

    private ServicePart start(String name, Class<?> application, Map<String, String> settings) {
        return parts.add(
                name, ServicePart.start(application, name, WebApplicationType.SERVLET, settings));
    }

    private static String port(ServicePart service) {
        return service.setting("local.server.port");
    }

    /** Where each answers, by the name that docker-compose and Prometheus know it by. */
    Map<String, String> targets() {
        return Map.of(
                "ingestor-1:8092",
                "127.0.0.1:" + port(ingestor),
                "aggregator-1:8083",
                "127.0.0.1:" + aggregatorPort,
                "query-api-1:8084",
                "127.0.0.1:" + queryApi.setting("local.management.port"));
    }

    /** What a service exposes, in Prometheus' text format. */
    String metrics(String target) throws Exception {
        return get("http://" + targets().get(target) + "/actuator/prometheus").body();
    }

    /** An answer of the public API, whatever its status. */
    HttpResponse<String> ask(String path) throws Exception {
        return get("http://127.0.0.1:" + port(queryApi) + path);
    }

    private HttpResponse<String> get(String address) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(address)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** The same question of many at once. */
    void askTogether(String path, int askers) throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < askers; i++) {
            threads.add(
                    Thread.startVirtualThread(() -> {
                        try {
                            ask(path);
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                    }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** A pair that trades. */
    String symbol() {
        return exchange.symbols().getFirst();
    }

    Topics topics() {
        return topics;
    }

    /** Faults of the exchange, as its own script says them. */
    void suffer(String... faults) throws Exception {
        admin.post(String.join("\n", faults));
    }

    void stopAggregator() {
        ServicePart running = aggregator;
        if (running != null) {
            running.close();
            aggregator = null;
        }
    }

    @Override
    public void close() {
        parts.close();
        http.close();
    }
}
