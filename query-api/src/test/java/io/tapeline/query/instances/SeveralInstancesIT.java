package io.tapeline.query.instances;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.query.Api;
import io.tapeline.query.Await;
import io.tapeline.query.routing.FakeAggregator;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.proto.PriceAnswer;
import io.tapeline.schemas.proto.Trust;
import io.tapeline.schemas.wire.LatestPriceCodec;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances behind nginx as it is configured for use, of which one is taken out. */
final class SeveralInstancesIT {

    @TempDir private Path directory;

    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();
    private final FakeAggregator aggregator = new FakeAggregator().ownsAll(6);
    private final List<Api> apis = new ArrayList<>();
    private Nginx nginx;

    @BeforeEach
    void start() throws Exception {
        aggregator.on(
                "/internal/prices/binance/BTCUSDT",
                PriceAnswer.newBuilder()
                        .setPrice(
                                LatestPriceCodec.toProto(
                                        new LatestPrice(
                                                Instrument.binance("BTCUSDT"),
                                                new EpochMicros(1_723_161_600_000_000L),
                                                Price.of("61855.37"),
                                                null,
                                                null,
                                                "ticker")))
                        .setTrust(Trust.newBuilder().setState("LIVE"))
                        .build());
        for (String name : List.of("one", "two")) {
            apis.add(
                    Api.over(
                            directory.resolve(name),
                            aggregator,
                            "--tapeline.guard.trusted-proxies=127.0.0.1",
                            "--tapeline.guard.connections=1",
                            "--spring.lifecycle.timeout-per-shutdown-phase=5s"));
        }
        nginx = Nginx.start(directory.resolve("nginx"), apis.stream().map(Api::port).toList());
    }

    @AfterEach
    void stop() throws Exception {
        nginx.close();
        apis.forEach(Api::close);
        aggregator.close();
        client.close();
    }

    private HttpRequest to(String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + nginx.port() + path))
                        .timeout(Duration.ofSeconds(20));
        return headers.length == 0 ? request.build() : request.headers(headers).build();
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        return client.send(to(path, headers), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void anInstanceIsTakenOutWhileItIsAskedAndNobodyNotices() throws Exception {
        Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
        List<Exception> failures = new CopyOnWriteArrayList<>();
        AtomicBoolean enough = new AtomicBoolean();
        List<Thread> askers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            askers.add(
                    Thread.startVirtualThread(() -> {
                        while (!enough.get()) {
                            try {
                                statuses.add(get("/v1/prices/binance/BTCUSDT").statusCode());
                            } catch (Exception e) {
                                failures.add(e);
                            }
                        }
                    }));
        }
        Await.until("they are asking", () -> statuses.size() > 100);
        apis.removeFirst().close();
        int before = statuses.size();
        Await.until("the other one answers", () -> statuses.size() > before + 200);
        enough.set(true);
        for (Thread asker : askers) {
            asker.join();
        }
        Map<Integer, Long> counts =
                statuses.stream()
                        .collect(Collectors.groupingBy(each -> each, Collectors.counting()));
        assertThat(failures).isEmpty();
        assertThat(counts.keySet()).containsExactly(200);
    }

    @Test
    void aStreamIsPassedOnAsItComesAndEndsWithItsInstance() throws Exception {
        HttpResponse<InputStream> stream =
                client.send(to("/v1/stream"), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream events = stream.body()) {
            assertThat(stream.statusCode()).isEqualTo(200);
            assertThat(new String(events.readNBytes(13), StandardCharsets.UTF_8))
                    .isEqualTo("retry: 2000\n\n");
            apis.forEach(Api::close);
            apis.clear();
            assertThat(new String(events.readAllBytes(), StandardCharsets.UTF_8)).isNotNull();
        }
    }

    @Test
    void whoAsksIsToldToTheInstancesAndMonitoringIsNotForThem() throws Exception {
        assertThat(get("/ping", "X-Request-Id", "my-own").headers().firstValue("X-Request-Id"))
                .hasValue("my-own");
        assertThat(get("/ping", "X-Request-Id", "a b").headers().firstValue("X-Request-Id"))
                .hasValueSatisfying(id -> assertThat(id).matches("[0-9a-f]{32}"));
        assertThat(get("/actuator/health").statusCode()).isEqualTo(404);
        HttpResponse<String> document = get("/openapi.json", "Accept-Encoding", "gzip");
        assertThat(document.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(get("/docs").headers().firstValue("Location").orElseThrow())
                .endsWith("/swagger-ui/index.html");
    }
}
