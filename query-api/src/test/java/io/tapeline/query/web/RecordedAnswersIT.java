package io.tapeline.query.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.kafka.test.KafkaCluster;
import io.tapeline.kafka.test.KafkaTest;
import io.tapeline.query.Api;
import io.tapeline.query.Await;
import io.tapeline.query.Tape;
import io.tapeline.query.history.Minutes;
import io.tapeline.query.routing.FakeAggregator;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.proto.CandlesAnswer;
import io.tapeline.schemas.proto.Gap;
import io.tapeline.schemas.proto.GapKind;
import io.tapeline.schemas.proto.GapOutcome;
import io.tapeline.schemas.proto.InstrumentInfo;
import io.tapeline.schemas.proto.InstrumentStatus;
import io.tapeline.schemas.wire.CandleCodec;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the API answers out of topics: registry, history. Over a real broker. */
@KafkaTest
final class RecordedAnswersIT {

    private static final Instrument BTC = Minutes.BTC;
    private static final EpochMicros START = Minutes.at("2024-08-08T00:00:00Z");

    @TempDir private Path directory;

    private final FakeAggregator aggregator = new FakeAggregator().ownsAll(Tape.PARTITIONS);
    private Tape tape;
    private Api api;

    @BeforeEach
    void start(KafkaCluster cluster) throws InterruptedException {
        tape = new Tape(cluster);
        List<String> settings = new ArrayList<>(tape.settings());
        settings.add("--tapeline.aggregator.urls=" + aggregator.url());
        api = Api.with(directory, settings);
        Await.until(
                "topics are read",
                () -> api.get("/v1/status").body().contains("\"state\":\"RECORDING\""));
    }

    @AfterEach
    void stop() {
        api.close();
        tape.close();
        aggregator.close();
    }

    private static JsonNode json(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    /** Every item's field along all pages. */
    private List<String> pages(String path, String field) {
        List<String> all = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = json(api.get(path + (next.isEmpty() ? "" : "&cursor=" + next)));
            page.get("items").forEach(item -> all.add(item.get(field).asString()));
            next = page.get("next").isNull() ? "" : page.get("next").asString();
        } while (!next.isEmpty());
        return all;
    }

    @Test
    void candlesComeFromTheStateThenFromTheHistory() {
        List<Candle> minutes = Minutes.random(new Random(31), BTC, START, 120);
        minutes.subList(0, 115).forEach(candle -> tape.send(tape.topics().klines(), BTC, candle));
        tape.commit();
        CandlesAnswer.Builder held = CandlesAnswer.newBuilder();
        minutes.subList(110, 119).forEach(candle -> held.addItems(CandleCodec.toProto(candle)));
        held.addItems(
                CandleCodec.toProto(
                        Minutes.minute(
                                BTC, minutes.get(119).openTime(), "1", "2", "1", "2", "3", false)));
        aggregator.on("/internal/candles/binance/BTCUSDT?interval=1m&limit=1000", held.build());
        Await.until(
                "history has them",
                () -> json(api.get("/v1/status")).get("history").get("candles").asInt() == 115);

        JsonNode items = json(api.get("/v1/klines/binance/BTCUSDT?limit=12")).get("items");
        assertThat(items.get(0).get("origin").asString()).isEqualTo("history");
        assertThat(items.get(2).get("origin").asString()).isEqualTo("stream");
        assertThat(items.get(11).toString())
                .isEqualTo(
                        "{\"openTime\":\"2024-08-08T01:59:00Z\","
                                + "\"closeTime\":\"2024-08-08T01:59:59.999Z\",\"open\":\"1\","
                                + "\"high\":\"2\",\"low\":\"1\",\"close\":\"2\",\"volume\":\"3\","
                                + "\"quoteVolume\":\"6\",\"trades\":3,\"takerBuyVolume\":\"3\","
                                + "\"takerBuyQuoteVolume\":\"3\",\"closed\":false,"
                                + "\"complete\":true,\"origin\":\"stream\"}");
        assertThat(
                        pages(
                                "/v1/klines/binance/BTCUSDT?from=2024-08-08T00:00:00Z&limit=7",
                                "openTime"))
                .isEqualTo(minutes.stream().map(candle -> candle.openTime().toString()).toList());
        List<String> someHours = new ArrayList<>();
        minutes.subList(30, 90).forEach(minute -> someHours.add(minute.openTime().toString()));
        String between =
                "/v1/klines/binance/BTCUSDT?from=2024-08-08T00:30:00Z&to=2024-08-08T01:30:00Z";
        assertThat(pages(between + "&order=asc&limit=7", "openTime")).isEqualTo(someHours);
        assertThat(pages(between + "&order=desc&limit=7", "openTime"))
                .isEqualTo(someHours.reversed());
        assertThat(pages("/v1/klines/binance/BTCUSDT?order=asc&limit=50", "openTime"))
                .isEqualTo(minutes.stream().map(candle -> candle.openTime().toString()).toList());
        assertThat(pages("/v1/klines/binance/BTCUSDT?interval=1h&limit=1", "openTime"))
                .containsExactly("2024-08-08T01:00:00Z", "2024-08-08T00:00:00Z");
        assertThat(flags("1h", "closed")).containsExactly("true", "false");
        assertThat(flags("1h", "complete")).containsExactly("true", "true");
        assertThat(api.get("/v1/klines/binance/NOSUCH").statusCode()).isEqualTo(404);
    }

    private List<String> flags(String interval, String field) {
        List<String> flags = new ArrayList<>();
        json(api.get("/v1/klines/binance/BTCUSDT?interval=" + interval))
                .get("items")
                .forEach(item -> flags.add(Boolean.toString(item.get(field).asBoolean())));
        return flags;
    }

    @Test
    void candlesThatLackMinutesAreSaidNotToBeComplete() {
        List<Candle> minutes = Minutes.random(new Random(32), BTC, START, 20);
        List<Candle> recorded = new ArrayList<>(minutes.subList(2, 18));
        recorded.remove(minutes.get(7));
        recorded.forEach(candle -> tape.send(tape.topics().klines(), BTC, candle));
        tape.commit();
        Await.until(
                "history has them",
                () -> json(api.get("/v1/status")).get("history").get("candles").asInt() == 15);

        assertThat(flags("5m", "complete")).containsExactly("false", "false", "true", "true");
        assertThat(flags("5m", "closed")).containsExactly("true", "true", "true", "false");
        assertThat(flags("1h", "complete")).containsExactly("false");
        assertThat(flags("1m", "complete")).hasSize(15).containsOnly("true");
    }

    @Test
    void recordedPricesInstrumentsAndGapsAreListedPageByPage() {
        for (int i = 0; i < 25; i++) {
            tape.send(
                    tape.topics().prices(),
                    BTC,
                    new LatestPrice(
                            BTC,
                            Minutes.plusMinutes(START, i),
                            Price.of(Integer.toString(100 + i)),
                            null,
                            null,
                            "ticker"));
            Instrument one = Instrument.binance("S%02dUSDT".formatted(i));
            tape.send(
                    tape.topics().instruments(),
                    one,
                    InstrumentInfo.newBuilder()
                            .setInstrument(one.id())
                            .setStatus(
                                    i % 2 == 0
                                            ? InstrumentStatus.INSTRUMENT_STATUS_TRADING
                                            : InstrumentStatus.INSTRUMENT_STATUS_HALTED)
                            .setBaseAsset("S" + i)
                            .setQuoteAsset("USDT")
                            .setTickSize("0.00010000")
                            .build());
            tape.send(
                    tape.topics().gaps(),
                    one,
                    Gap.newBuilder()
                            .setId("gap-" + i)
                            .setInstrument(one.id())
                            .setKind(GapKind.GAP_KIND_DEPTH)
                            .setFrom(7)
                            .setTo(9)
                            .setFoundUs(Minutes.plusMinutes(START, i / 5).value())
                            .setOutcome(GapOutcome.GAP_OUTCOME_FILLED)
                            .build());
        }
        tape.commit();
        Await.until(
                "all is read",
                () -> {
                    JsonNode status = json(api.get("/v1/status"));
                    return status.get("instruments").asInt() == 25
                            && status.get("history").get("prices").asInt() == 25
                            && status.get("history").get("gaps").asInt() == 25;
                });

        List<String> rising = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            rising.add(Integer.toString(100 + i));
        }
        String history = "/v1/prices/binance/BTCUSDT/history?limit=4";
        assertThat(pages(history + "&order=asc", "price")).isEqualTo(rising);
        assertThat(pages(history, "price")).isEqualTo(rising.reversed());
        assertThat(
                        pages(
                                history
                                        + "&order=asc&from=2024-08-08T00:03:00Z"
                                        + "&to=2024-08-08T00:06:00Z",
                                "price"))
                .containsExactly("103", "104", "105");
        List<String> validFrom = pages(history + "&order=asc", "validFrom");
        assertThat(pages(history + "&order=asc", "eventTime")).isEqualTo(validFrom);
        assertThat(pages(history, "validTo").reversed().subList(0, 24))
                .isEqualTo(validFrom.subList(1, 25));
        assertThat(json(api.get(history)).get("items").get(0).toString())
                .isEqualTo(
                        "{\"venue\":\"binance\",\"symbol\":\"BTCUSDT\",\"price\":\"124\","
                                + "\"bid\":null,\"ask\":null,"
                                + "\"eventTime\":\"2024-08-08T00:24:00Z\",\"source\":\"ticker\","
                                + "\"validFrom\":\"2024-08-08T00:24:00Z\",\"validTo\":null,"
                                + "\"current\":true}");
        assertThat(json(api.get(history)).get("items").get(1).get("validTo").asString())
                .isEqualTo("2024-08-08T00:24:00Z");
        assertThat(
                        json(api.get(history + "&to=2024-08-08T00:06:00Z"))
                                .get("items")
                                .get(0)
                                .toString())
                .endsWith("\"validTo\":\"2024-08-08T00:06:00Z\",\"current\":false}");
        assertThat(api.get("/v1/prices/binance/NOSUCH/history").statusCode()).isEqualTo(404);
        assertThat(json(api.get("/v1/prices/binance/S01USDT/history")).get("items")).isEmpty();

        assertThat(pages("/v1/instruments?limit=6", "symbol")).hasSize(25).isSorted();
        assertThat(json(api.get("/v1/instruments?q=S24USDT")).get("items").toString())
                .isEqualTo(
                        "[{\"venue\":\"binance\",\"symbol\":\"S24USDT\",\"status\":\"TRADING\","
                                + "\"venueStatus\":\"\",\"baseAsset\":\"S24\","
                                + "\"quoteAsset\":\"USDT\",\"tickSize\":\"0.0001\","
                                + "\"stepSize\":null,\"minNotional\":null,\"firstSeen\":null,"
                                + "\"updated\":null,\"streamed\":false}]");
        assertThat(pages("/v1/instruments?status=HALTED&q=s0&limit=3", "symbol"))
                .containsExactly("S01USDT", "S03USDT", "S05USDT", "S07USDT", "S09USDT");
        assertThat(pages("/v1/gaps?limit=4", "id")).hasSize(25).doesNotHaveDuplicates();
        assertThat(json(api.get("/v1/gaps?symbol=S03USDT")).get("items").get(0).toString())
                .isEqualTo(
                        "{\"id\":\"gap-3\",\"venue\":\"binance\",\"symbol\":\"S03USDT\","
                                + "\"kind\":\"depth\",\"cause\":\"\",\"from\":\"7\",\"to\":\"9\","
                                + "\"found\":\"2024-08-08T00:00:00Z\",\"outcome\":\"filled\","
                                + "\"how\":null,\"ended\":null}");
        String cursor = json(api.get("/v1/gaps?limit=4")).get("next").asString();
        assertThat(api.get("/v1/gaps?limit=4&symbol=S03USDT&cursor=" + cursor).statusCode())
                .isEqualTo(400);
    }
}
