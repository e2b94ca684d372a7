package io.tapeline.query.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.market.Origin;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import io.tapeline.schemas.market.Ticker;
import io.tapeline.schemas.proto.BookAnswer;
import io.tapeline.schemas.proto.LevelAnswer;
import io.tapeline.schemas.proto.PriceAnswers;
import io.tapeline.schemas.proto.QuoteAnswer;
import io.tapeline.schemas.proto.TickerAnswer;
import io.tapeline.schemas.proto.Trust;
import io.tapeline.schemas.proto.VolumeAnswer;
import io.tapeline.schemas.wire.LevelsCodec;
import io.tapeline.schemas.wire.TickerCodec;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the API answers out of live state, whole. */
final class AnswersIT extends AskedApi {

    @Test
    void thePing() {
        HttpResponse<String> answer = api.get("/ping");
        assertThat(answer.body()).isEqualTo("{\"status\":\"ok\"}");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'self'")
                .doesNotContain("unsafe");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void onePrice() {
        aggregator.on("/internal/prices/binance/BTCUSDT", price("binance:BTCUSDT", LIVE));
        assertThat(ageless(api.get("/v1/prices/binance/BTCUSDT")))
                .isEqualTo(
                        "{\"venue\":\"binance\",\"symbol\":\"BTCUSDT\",\"price\":\"61855.37\","
                                + "\"bid\":\"61855.36\",\"ask\":null,"
                                + "\"eventTime\":\"2024-08-09T00:00:01.500Z\","
                                + "\"confirmedTime\":\"2024-08-09T00:00:01.500Z\",\"ageMs\":0,"
                                + "\"state\":\"LIVE\",\"source\":\"ticker\"}");
    }

    @Test
    void aPriceOfAStandbyIsNotCalledLive() {
        aggregator.on(
                "/internal/prices/binance/SBYUSDT",
                price("binance:SBYUSDT", LIVE.toBuilder().setStandby(true).build()));
        assertThat(ageless(api.get("/v1/prices/binance/SBYUSDT"))).contains("\"state\":\"STALE\"");
    }

    @Test
    void allPricesAndSome() {
        aggregator.on(
                "/internal/prices",
                PriceAnswers.newBuilder()
                        .addItems(price("binance:ETHUSDT", LIVE))
                        .addItems(price("deribit:btc_usd", LIVE))
                        .addItems(price("binance:BTCUSDT", LIVE))
                        .addAllPartitions(List.of(0, 1, 2, 3, 4, 5))
                        .build());
        String item =
                "{\"venue\":\"%s\",\"symbol\":\"%s\",\"price\":\"61855.37\",\"bid\":\"61855.36\","
                        + "\"ask\":null,\"eventTime\":\"2024-08-09T00:00:01.500Z\","
                        + "\"confirmedTime\":\"2024-08-09T00:00:01.500Z\",\"ageMs\":0,"
                        + "\"state\":\"LIVE\",\"source\":\"ticker\"}";
        String btc = item.formatted("binance", "BTCUSDT");
        String eth = item.formatted("binance", "ETHUSDT");
        String deribit = item.formatted("deribit", "btc_usd");
        assertThat(ageless(api.get("/v1/prices")))
                .isEqualTo("{\"items\":[" + btc + "," + eth + "," + deribit + "],\"next\":null}");
        assertThat(ageless(api.get("/v1/prices?venue=binance&symbols=ETHUSDT,XUSDT")))
                .isEqualTo("{\"items\":[" + eth + "],\"next\":null}");
    }

    @Test
    void aSymbolThatIsNotAsciiIsAskedPercentEncoded() {
        aggregator.on(
                "/internal/prices/binance/%E5%B8%81%E5%AE%89USDT", price("binance:币安USDT", LIVE));
        assertThat(ageless(api.get("/v1/prices/binance/%E5%B8%81%E5%AE%89USDT")))
                .contains("\"symbol\":\"币安USDT\"");
    }

    @Test
    void aBook() {
        aggregator.on(
                "/internal/books/binance/BTCUSDT?depth=2",
                BookAnswer.newBuilder()
                        .setInstrument(BTC.id())
                        .setBids(side("61855.36", "1.5", "61855.30", "0.00001"))
                        .setAsks(side("61855.37", "1234567890123456789012345678.9", "61856", "3"))
                        .setRangeLow("61000")
                        .setTrust(LIVE.toBuilder().setState("RESYNCING"))
                        .build());
        assertThat(ageless(api.get("/v1/books/binance/BTCUSDT?depth=2")))
                .isEqualTo(
                        "{\"venue\":\"binance\",\"symbol\":\"BTCUSDT\",\"state\":\"RESYNCING\","
                                + "\"updateId\":50093239218,"
                                + "\"eventTime\":\"2024-08-09T00:00:01.500Z\",\"ageMs\":0,"
                                + "\"range\":{\"low\":\"61000\",\"high\":null},"
                                + "\"bids\":[[\"61855.36\",\"1.5\"],[\"61855.3\",\"0.00001\"]],"
                                + "\"asks\":[[\"61855.37\",\"1234567890123456789012345678.9\"],"
                                + "[\"61856\",\"3\"]],"
                                + "\"source\":{\"topic\":\"tapeline.raw.depth\",\"partition\":3,"
                                + "\"offset\":77,\"standby\":false}}");
    }

    private static io.tapeline.schemas.proto.Levels side(
            String price, String quantity, String price2, String quantity2) {
        return LevelsCodec.toProto(
                Levels.of(
                        List.of(Price.of(price), Price.of(price2)),
                        List.of(Quantity.of(quantity), Quantity.of(quantity2))));
    }

    private static final String TRUST =
            "\"state\":\"LIVE\",\"updateId\":50093239218,"
                    + "\"eventTime\":\"2024-08-09T00:00:01.500Z\",\"ageMs\":0,"
                    + "\"source\":{\"topic\":\"tapeline.raw.depth\",\"partition\":3,"
                    + "\"offset\":77,\"standby\":false}}";

    @Test
    void aLevel() {
        aggregator.on(
                "/internal/books/binance/BTCUSDT/levels/61855.3",
                LevelAnswer.newBuilder()
                        .setSide("bid")
                        .setQuantity("1.5")
                        .setComplete(true)
                        .setTrust(LIVE)
                        .build());
        assertThat(ageless(api.get("/v1/books/binance/BTCUSDT/levels/61855.30")))
                .isEqualTo(
                        "{\"venue\":\"binance\",\"symbol\":\"BTCUSDT\",\"price\":\"61855.3\","
                                + "\"side\":\"bid\",\"quantity\":\"1.5\",\"complete\":true,"
                                + TRUST);
    }

    @Test
    void theVolumeBeyondAPrice() {
        aggregator.on(
                "/internal/books/binance/BTCUSDT/volume?side=bid&price=61850&operator=gte",
                VolumeAnswer.newBuilder()
                        .setVolume("12.5")
                        .setTotal("773191.9")
                        .setLevels(31)
                        .setTrust(LIVE)
                        .build());
        assertThat(
                        ageless(
                                api.get(
                                        "/v1/books/binance/BTCUSDT/volume"
                                                + "?side=bid&price=61850&operator=gte")))
                .isEqualTo(
                        "{\"volume\":\"12.5\",\"total\":\"773191.9\",\"levels\":31,"
                                + "\"complete\":false,"
                                + TRUST);
    }

    @Test
    void aQuoteTellsTheSlippage() {
        aggregator.on(
                "/internal/books/binance/BTCUSDT/quote?side=buy&quantity=2",
                QuoteAnswer.newBuilder()
                        .setFilled("2")
                        .setTotal("202")
                        .setAveragePrice("101")
                        .setBestPrice("100")
                        .setWorstPrice("102")
                        .setComplete(true)
                        .setTrust(LIVE)
                        .build());
        assertThat(ageless(api.get("/v1/books/binance/BTCUSDT/quote?side=buy&quantity=2.0")))
                .isEqualTo(
                        "{\"side\":\"buy\",\"quantity\":\"2\",\"filled\":\"2\",\"total\":\"202\","
                                + "\"averagePrice\":\"101\",\"bestPrice\":\"100\","
                                + "\"worstPrice\":\"102\",\"slippage\":\"0.01\",\"complete\":true,"
                                + TRUST);
    }

    @Test
    void aTickerWithoutDetailsHasNulls() {
        aggregator.on(
                "/internal/tickers/binance/BTCUSDT",
                TickerAnswer.newBuilder()
                        .setTicker(
                                TickerCodec.toProto(
                                        new Ticker(
                                                BTC,
                                                EVENT,
                                                Price.of("2"),
                                                Price.of("1"),
                                                Price.of("3"),
                                                Price.of("0.5"),
                                                Quantity.of("10"),
                                                new Quantity(Decimal.parse("20.5")),
                                                null,
                                                Origin.STREAM)))
                        .setTrust(LIVE)
                        .build());
        assertThat(ageless(api.get("/v1/tickers/binance/BTCUSDT")))
                .startsWith(
                        "{\"venue\":\"binance\",\"symbol\":\"BTCUSDT\",\"last\":\"2\","
                                + "\"open\":\"1\",\"high\":\"3\",\"low\":\"0.5\",\"volume\":\"10\","
                                + "\"quoteVolume\":\"20.5\",\"priceChange\":null,")
                .contains("\"trades\":null");
    }

    @Test
    void pricesOfOtherVenuesAreAnsweredLikeAnyAndSayUntilWhenTheyAreKnownToHold() {
        Trust confirmed = LIVE.toBuilder().setConfirmedUs(EVENT.value() + 120_000_000).build();
        aggregator.on("/internal/prices/deribit/btc_usd", price("deribit:btc_usd", LIVE));
        aggregator.on(
                "/internal/prices/coingecko/bitcoin-usd",
                price("coingecko:bitcoin-usd", confirmed));
        aggregator.on(
                "/internal/prices",
                PriceAnswers.newBuilder()
                        .addItems(price("deribit:btc_usd", LIVE))
                        .addItems(price("coingecko:bitcoin-usd", confirmed))
                        .addItems(price("binance:BTCUSDT", LIVE))
                        .addAllPartitions(List.of(0, 1, 2, 3, 4, 5))
                        .build());

        assertThat(api.get("/v1/prices/deribit/btc_usd").body())
                .startsWith("{\"venue\":\"deribit\",\"symbol\":\"btc_usd\",")
                .contains("\"confirmedTime\":\"2024-08-09T00:00:01.500Z\"");
        assertThat(api.get("/v1/prices/coingecko/bitcoin-usd").body())
                .startsWith("{\"venue\":\"coingecko\",\"symbol\":\"bitcoin-usd\",")
                .contains(
                        "\"eventTime\":\"2024-08-09T00:00:01.500Z\","
                                + "\"confirmedTime\":\"2024-08-09T00:02:01.500Z\"");
        assertThat(api.get("/v1/prices").body())
                .containsSubsequence("binance", "BTCUSDT", "bitcoin-usd", "btc_usd");
        assertThat(api.get("/v1/prices?venue=coingecko").body())
                .contains("bitcoin-usd")
                .doesNotContain("btc_usd", "BTCUSDT");
        assertThat(api.get("/v1/instruments?venue=deribit").statusCode()).isEqualTo(200);
    }
}
