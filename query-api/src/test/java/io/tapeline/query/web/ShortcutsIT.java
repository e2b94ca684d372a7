package io.tapeline.query.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.query.Api;
import io.tapeline.query.routing.FakeAggregator;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.proto.BookAnswer;
import io.tapeline.schemas.proto.PriceAnswer;
import io.tapeline.schemas.proto.PriceAnswers;
import io.tapeline.schemas.proto.Trust;
import io.tapeline.schemas.wire.LatestPriceCodec;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The short way to an answer and the long one give the same. */
final class ShortcutsIT {

    @TempDir private static Path directory;

    /** Allows the same, in words that go the long way. */
    private static final String[] LONG_WAY = {"Accept", "text/plain;q=0.5, application/json"};

    /** Of one answer alone, or of how it is sent. */
    private static final Set<String> OWN =
            Set.of(
                    "date",
                    "x-request-id",
                    "x-used-weight-1m",
                    "content-length",
                    "transfer-encoding",
                    "connection",
                    "keep-alive");

    private static final EpochMicros EVENT = new EpochMicros(1_723_161_601_500_000L);
    private static final Trust LIVE =
            Trust.newBuilder().setState("LIVE").setEventTimeUs(EVENT.value()).build();

    private static FakeAggregator aggregator;
    private static Api api;

    private record Told(int status, Map<String, List<String>> headers, String body) {

        static Told of(HttpResponse<String> answer) {
            Map<String, List<String>> headers = new TreeMap<>(answer.headers().map());
            headers.keySet().removeIf(OWN::contains);
            return new Told(
                    answer.statusCode(),
                    headers,
                    answer.body()
                            .replaceAll("\"ageMs\":[0-9]+", "\"ageMs\":0")
                            .replaceAll("\"requestId\":\"[^\"]*\"", "\"requestId\":\"\""));
        }
    }

    @BeforeAll
    static void start() {
        aggregator = new FakeAggregator().ownsAll(6);
        PriceAnswer price =
                PriceAnswer.newBuilder()
                        .setPrice(
                                LatestPriceCodec.toProto(
                                        new LatestPrice(
                                                Instrument.binance("BTCUSDT"),
                                                EVENT,
                                                Price.of("61855.37"),
                                                null,
                                                null,
                                                "ticker")))
                        .setTrust(LIVE)
                        .build();
        aggregator.on("/internal/prices/binance/BTCUSDT", price);
        aggregator.on(
                "/internal/prices",
                PriceAnswers.newBuilder()
                        .addItems(price)
                        .addAllPartitions(List.of(0, 1, 2, 3, 4, 5))
                        .build());
        aggregator.onAnyQuery(
                "/internal/books/binance/BTCUSDT",
                BookAnswer.newBuilder().setInstrument("binance:BTCUSDT").setTrust(LIVE).build());
        aggregator.on("/internal/prices/binance/SPOILTUSDT", 200, "no message of Protobuf");
        api = Api.over(directory, aggregator, "--tapeline.aggregator.timeout=400ms");
    }

    @AfterAll
    static void stop() {
        api.close();
        aggregator.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/prices/binance/BTCUSDT",
                "/v1/prices",
                "/v1/books/binance/BTCUSDT",
                "/v1/books/binance/BTCUSDT?depth=20",
                "/v1/books/binance/BTCUSDT?depth=0",
                "/v1/books/binance/BTCUSDT?depth=9999",
                "/v1/books/binance/BTCUSDT?depht=20",
                "/v1/books/nowhere/BTCUSDT?depth=20",
                "/v1/prices/nowhere/BTCUSDT",
                "/v1/prices/binance/NOSUCHUSDT",
                "/v1/prices/binance/SPOILTUSDT",
                "/v1/prices/binance/BTCUSDT/",
                "/v1/prices/binance/",
                "/v1/prices/binance",
                "/v1/prices//BTCUSDT",
                "/v1/prices/binance/BTCUSDT?depth=20",
                "/v1/prices/binance/BTC;USDT",
            })
    void bothWaysGiveTheSame(String path) {
        assertThat(Told.of(api.get(path))).isEqualTo(Told.of(api.get(path, LONG_WAY)));
    }

    @Test
    void whatCannotBeAnsweredIsAProblemOfTheQuestionsOwnId() {
        HttpResponse<String> answer =
                api.get("/v1/prices/binance/NOSUCHUSDT", "X-Request-Id", "mine-1");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(answer.body()).contains("\"requestId\":\"mine-1\"");
    }

    @Test
    void whoWantsAnotherTypeIsToldThatThereIsNone() {
        assertThat(api.get("/v1/prices/binance/BTCUSDT", "Accept", "image/png").statusCode())
                .isEqualTo(406);
    }
}
