package io.tapeline.query.mirror.rest;

import io.tapeline.query.candles.CandleAnswers;
import io.tapeline.query.candles.ListedHistory;
import io.tapeline.query.registry.InstrumentRegistry;
import io.tapeline.query.routing.Address;
import io.tapeline.query.routing.Aggregators;
import io.tapeline.query.routing.Answer;
import io.tapeline.query.routing.Exchange;
import io.tapeline.query.routing.FakeAggregator;
import io.tapeline.query.routing.Fleet;
import io.tapeline.query.routing.Routing;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.Instrument;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;

/** The mirror's REST face alone, in a server of its own, over an aggregator that a test tells. */
final class MirrorServer implements AutoCloseable {

    static final Instant NOW = Instant.parse("2024-08-09T00:00:01.500250Z");

    private static final int PARTITIONS = 3;

    final FakeAggregator aggregator = new FakeAggregator().ownsAll(PARTITIONS);
    final InstrumentRegistry registry = new InstrumentRegistry(10_000);
    final Map<Instrument, List<Candle>> recorded = new ConcurrentHashMap<>();
    private final Exchange exchange = new Exchange(Duration.ofSeconds(2));
    private final Routing routing;
    private final Tomcat tomcat = new Tomcat();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    MirrorServer(Path directory) {
        routing =
                new Routing(
                        exchange,
                        List.of(Address.of(URI.create(aggregator.url()))),
                        Duration.ofSeconds(5));
        Aggregators aggregators = new Aggregators(exchange, routing, PARTITIONS);
        Fleet fleet = new Fleet(exchange, routing, PARTITIONS);
        CandleAnswers candles =
                new CandleAnswers(
                        _ -> new Answer.Unknown<>(),
                        new ListedHistory(
                                instrument -> recorded.getOrDefault(instrument, List.of()),
                                List.of()));
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        MirrorServlet servlet =
                new MirrorServlet(
                        new Operations(registry, aggregators, fleet, candles, clock),
                        new UsedWeight(clock));
        tomcat.setBaseDir(directory.toString());
        tomcat.setPort(0);
        Context context = tomcat.addContext("", directory.toString());
        Tomcat.addServlet(context, "mirror", servlet);
        context.addServletMappingDecoded("/api/v3/*", "mirror");
        var _ = tomcat.getConnector();
        try {
            tomcat.start();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * @param target what follows {@code /api/v3/}
     */
    HttpResponse<String> get(String target, String... headers) {
        return send("GET", target, headers);
    }

    HttpResponse<String> send(String method, String target, String... headers) {
        URI uri =
                URI.create(
                        "http://127.0.0.1:"
                                + tomcat.getConnector().getLocalPort()
                                + "/api/v3/"
                                + target);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri)
                        .timeout(Duration.ofSeconds(20))
                        .method(method, HttpRequest.BodyPublishers.noBody());
        List<String> all = new ArrayList<>(List.of(headers));
        if (!all.isEmpty()) {
            request.headers(all.toArray(String[]::new));
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(target, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(target, e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        } finally {
            routing.close();
            exchange.close();
            aggregator.close();
        }
    }
}
