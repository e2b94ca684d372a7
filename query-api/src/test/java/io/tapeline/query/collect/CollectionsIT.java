package io.tapeline.query.collect;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tapeline.kafka.test.KafkaCluster;
import io.tapeline.kafka.test.KafkaTest;
import io.tapeline.query.Api;
import io.tapeline.query.Await;
import io.tapeline.query.Tape;
import io.tapeline.query.history.Minutes;
import io.tapeline.query.routing.FakeAggregator;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import io.tapeline.schemas.proto.CandlesAnswer;
import io.tapeline.schemas.proto.InstrumentInfo;
import io.tapeline.schemas.proto.InstrumentStatus;
import io.tapeline.schemas.wire.CandleCodec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An order is given to an instance that cannot fetch, and that dies; another one, that has nothing
 * of it but the topic, goes on with it. Over a real broker, with an ingestor that tells its paths.
 */
@KafkaTest
final class CollectionsIT {

    private static final int PAIRS = 12;
    private static final String ORDER = "{\"venue\":\"binance\",\"interval\":\"1m\",\"limit\":10}";

    @TempDir private Path directory;

    private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();

    @Test
    void anOrderOutlivesTheInstanceItWasGivenTo(KafkaCluster cluster) throws Exception {
        HttpServer ingestor =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ingestor.createContext("/internal/klines/binance/", this::candles);
        ingestor.start();
        try (Tape tape = new Tape(cluster);
                FakeAggregator aggregator = new FakeAggregator().ownsAll(Tape.PARTITIONS)) {
            list(tape);
            String id;
            try (Api first = api("first", tape, aggregator, 1)) {
                awaitRegistry(first);
                HttpResponse<String> taken =
                        first.post("/v1/collections", "application/json", ORDER);
                assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
                id = JsonMapper.shared().readTree(taken.body()).get("id").asString();
                assertThat(taken.headers().firstValue("Location"))
                        .hasValue("/v1/collections/" + id);
                Await.until(
                        "it says why nothing comes",
                        () ->
                                json(first, "/v1/collections/" + id)
                                        .get("waitsFor")
                                        .asString()
                                        .equals("no ingestor answers"));
            }
            try (Api second = api("second", tape, aggregator, ingestor.getAddress().getPort())) {
                Await.until(
                        "another instance has ended it",
                        () ->
                                second.get("/v1/collections/" + id).statusCode() == 200
                                        && json(second, "/v1/collections/" + id)
                                                .get("state")
                                                .asString()
                                                .equals("DONE"));
                JsonNode done = json(second, "/v1/collections/" + id);
                assertThat(done.get("pairs").asInt()).isEqualTo(PAIRS);
                assertThat(done.get("done").asInt()).isEqualTo(PAIRS - 1);
                assertThat(done.get("failed").asInt()).isEqualTo(1);
                assertThat(done.get("failures").get(0).toString())
                        .isEqualTo(
                                "{\"symbol\":\"P3USDT\","
                                        + "\"reason\":\"the exchange does not have it\"}");
                assertThat(done.get("candles").asLong()).isEqualTo(20L * (PAIRS - 1));
                assertThat(done.get("endedAt").isNull()).isFalse();
                assertThat(json(second, "/v1/collections").get("items").get(0)).isEqualTo(done);
            }
            assertThat(asked).allMatch(path -> path.contains("priority=bulk"));
        } finally {
            ingestor.stop(0);
        }
    }

    private Api api(String name, Tape tape, FakeAggregator aggregator, int ingestorPort) {
        List<String> settings = new ArrayList<>(tape.settings());
        settings.add("--tapeline.aggregator.urls=" + aggregator.url());
        settings.add("--tapeline.ingestor.urls=http://127.0.0.1:" + ingestorPort);
        return Api.with(directory.resolve(name), settings);
    }

    private static void list(Tape tape) {
        for (int i = 0; i < PAIRS; i++) {
            Instrument pair = Instrument.binance("P" + i + "USDT");
            tape.send(
                    tape.topics().instruments(),
                    pair,
                    InstrumentInfo.newBuilder()
                            .setInstrument(pair.id())
                            .setStatus(InstrumentStatus.INSTRUMENT_STATUS_TRADING)
                            .build());
        }
        tape.commit();
    }

    private static void awaitRegistry(Api api) {
        Await.until(
                "the pairs are known",
                () -> json(api, "/v1/instruments").get("items").size() == PAIRS);
    }

    private static JsonNode json(Api api, String path) {
        HttpResponse<String> answer = api.get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    /** The last twenty minutes of each pair but one, which it does not have. */
    private void candles(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().toString();
            asked.add(path);
            String symbol = path.replaceAll("^.*/|[?].*$", "");
            if (symbol.equals("P3USDT")) {
                byte[] reason =
                        "symbol: the exchange does not have it".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(404, reason.length);
                exchange.getResponseBody().write(reason);
                return;
            }
            CandlesAnswer.Builder answer = CandlesAnswer.newBuilder();
            EpochMicros now = Interval.ONE_MINUTE.openTimeOf(EpochMicros.of(Instant.now()));
            for (int i = 20; i > 0; i--) {
                answer.addItems(
                        CandleCodec.toProto(
                                Minutes.minute(
                                        Instrument.binance(symbol),
                                        Minutes.plusMinutes(now, -i),
                                        "1",
                                        "3",
                                        "1",
                                        "2",
                                        "5")));
            }
            byte[] body = answer.build().toByteArray();
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
