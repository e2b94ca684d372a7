package io.tapeline.query.mirror.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.query.history.Minutes;
import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.market.Origin;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import io.tapeline.schemas.market.Ticker;
import io.tapeline.schemas.proto.BookAnswer;
import io.tapeline.schemas.proto.BookAnswers;
import io.tapeline.schemas.proto.PriceAnswer;
import io.tapeline.schemas.proto.PriceAnswers;
import io.tapeline.schemas.proto.TickerAnswer;
import io.tapeline.schemas.proto.TickerAnswers;
import io.tapeline.schemas.proto.Trust;
import io.tapeline.schemas.wire.LatestPriceCodec;
import io.tapeline.schemas.wire.LevelsCodec;
import io.tapeline.schemas.wire.TickerCodec;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the exchange's REST paths tell of the market: books, prices, statistics; whole answers. */
final class RestMirrorMarketIT extends MirroredMarket {

    private static Levels levels(String... pricesAndQuantities) {
        List<Price> prices = new ArrayList<>();
        List<Quantity> quantities = new ArrayList<>();
        for (int i = 0; i < pricesAndQuantities.length; i += 2) {
            prices.add(Price.of(pricesAndQuantities[i]));
            quantities.add(Quantity.of(pricesAndQuantities[i + 1]));
        }
        return Levels.of(prices, quantities);
    }

    private static BookAnswer book(Instrument instrument, Trust trust) {
        return BookAnswer.newBuilder()
                .setInstrument(instrument.id())
                .setBids(LevelsCodec.toProto(levels("61855.36", "1.5", "61855.3", "0.00001")))
                .setAsks(LevelsCodec.toProto(levels("61855.37", "2")))
                .setTrust(trust)
                .build();
    }

    @Test
    void depthHasTheExchangesDefaultAndIsCutToItsMost() {
        String told =
                "{\"lastUpdateId\":50093239218,"
                        + "\"bids\":[[\"61855.36000000\",\"1.50000000\"],"
                        + "[\"61855.30000000\",\"0.00001000\"]],"
                        + "\"asks\":[[\"61855.37000000\",\"2.00000000\"]]}";
        for (int asked : new int[] {100, 7, 5_000}) {
            server.aggregator.on("/internal/books/binance/BTCUSDT?depth=" + asked, book(BTC, LIVE));
        }
        assertThat(ok(server.get("depth?symbol=BTCUSDT"))).isEqualTo(told);
        assertThat(ok(server.get("depth?symbol=BTCUSDT&limit=7&symbolStatus=TRADING")))
                .isEqualTo(told);
        assertThat(ok(server.get("depth?limit=9999&symbol=BTCUSDT"))).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource({"RESYNCING, false, RESYNCING", "STALE, false, STALE", "LIVE, true, STALE"})
    void aBookThatMayLackSomethingIsNotServed(String state, boolean standby, String said) {
        Trust trust = LIVE.toBuilder().setState(state).setStandby(standby).build();
        server.aggregator.on("/internal/books/binance/XRPUSDT?depth=100", book(BTC, trust));
        HttpResponse<String> answer = server.get("depth?symbol=XRPUSDT");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body())
                .isEqualTo(
                        "{\"code\":-1001,\"msg\":\"Internal error; unable to process your request."
                                + " Please try again.\"}");
        assertThat(answer.headers().firstValue("Tapeline-State")).hasValue(said);
        assertThat(answer.headers().firstValue("Tapeline-Reason")).hasValue("the book is " + said);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
    }

    @Test
    void theBestOffersOfOneAndOfAllWhoseBooksAreLive() {
        server.aggregator.on("/internal/books/binance/BTCUSDT?depth=1", book(BTC, LIVE));
        server.aggregator.on(
                "/internal/books",
                BookAnswers.newBuilder()
                        .addItems(book(BTC, LIVE))
                        .addItems(book(ETH, LIVE.toBuilder().setState("RESYNCING").build()))
                        .addItems(
                                BookAnswer.newBuilder()
                                        .setInstrument("binance:币安人生USDT")
                                        .setTrust(LIVE))
                        .addAllPartitions(ALL)
                        .build());
        String btc =
                "{\"symbol\":\"BTCUSDT\",\"bidPrice\":\"61855.36000000\","
                        + "\"bidQty\":\"1.50000000\",\"askPrice\":\"61855.37000000\","
                        + "\"askQty\":\"2.00000000\"}";
        assertThat(ok(server.get("ticker/bookTicker?symbol=BTCUSDT"))).isEqualTo(btc);
        HttpResponse<String> all = server.get("ticker/bookTicker?symbolStatus=TRADING");
        assertThat(ok(all))
                .isEqualTo(
                        "["
                                + btc
                                + ",{\"symbol\":\"币安人生USDT\",\"bidPrice\":\"0.00000000\","
                                + "\"bidQty\":\"0.00000000\",\"askPrice\":\"0.00000000\","
                                + "\"askQty\":\"0.00000000\"}]");
        assertThat(all.headers().firstValue("Tapeline-Left-Out")).hasValue("2");
    }

    private static PriceAnswer price(Instrument instrument, String price, Trust trust) {
        return PriceAnswer.newBuilder()
                .setPrice(
                        LatestPriceCodec.toProto(
                                new LatestPrice(
                                        instrument, EVENT, Price.of(price), null, null, "ticker")))
                .setTrust(trust)
                .build();
    }

    @Test
    void pricesOfOneOfSomeAndOfAll() {
        server.aggregator.on("/internal/prices/binance/BTCUSDT", price(BTC, "61855.37", LIVE));
        server.aggregator.on(
                "/internal/prices",
                PriceAnswers.newBuilder()
                        .addItems(price(ETH, "2500", LIVE))
                        .addItems(price(BTC, "61855.37", LIVE))
                        .addItems(price(Instrument.parse("deribit:btc_usd"), "61850", LIVE))
                        .addAllPartitions(ALL)
                        .build());
        String btc = "{\"symbol\":\"BTCUSDT\",\"price\":\"61855.37000000\"}";
        String eth = "{\"symbol\":\"ETHUSDT\",\"price\":\"2500.00000000\"}";
        assertThat(ok(server.get("ticker/price?symbol=BTCUSDT"))).isEqualTo(btc);
        assertThat(ok(server.get("ticker/price?symbols=" + encoded("[\"ETHUSDT\",\"BTCUSDT\"]"))))
                .isEqualTo("[" + eth + "," + btc + "]");
        HttpResponse<String> all = server.get("ticker/price");
        assertThat(ok(all)).isEqualTo("[" + btc + "," + eth + "]");
        assertThat(all.headers().firstValue("Tapeline-Left-Out")).hasValue("3");
        assertThat(ok(server.get("ticker/price?symbolStatus=HALT"))).isEqualTo("[]");
    }

    @Test
    void aPriceThatIsNotLiveSaysSo() {
        server.aggregator.on(
                "/internal/prices/binance/XRPUSDT",
                price(
                        Instrument.binance("XRPUSDT"),
                        "0.5",
                        LIVE.toBuilder().setState("STALE").build()));
        HttpResponse<String> answer = server.get("ticker/price?symbol=XRPUSDT");
        assertThat(ok(answer)).isEqualTo("{\"symbol\":\"XRPUSDT\",\"price\":\"0.50000000\"}");
        assertThat(answer.headers().firstValue("Tapeline-State")).hasValue("STALE");
    }

    private static Ticker ticker(Instrument instrument, boolean whole) {
        return new Ticker(
                instrument,
                EVENT,
                Price.of("3"),
                Price.of("4"),
                Price.of("5"),
                Price.of("2"),
                Quantity.of("7"),
                Quantity.of("20"),
                whole
                        ? new Ticker.Details(
                                Decimal.parse("-1"),
                                Decimal.parse("-25"),
                                Price.of("2.85714286"),
                                Price.of("3.9"),
                                Quantity.of("0.1"),
                                Price.of("2.9"),
                                Quantity.of("1"),
                                Price.of("3.1"),
                                Quantity.of("2"),
                                Minutes.at("2024-08-08T00:00:01Z"),
                                EVENT,
                                100,
                                140,
                                41)
                        : null,
                Origin.STREAM);
    }

    private static TickerAnswer answer(Ticker ticker) {
        return TickerAnswer.newBuilder()
                .setTicker(TickerCodec.toProto(ticker))
                .setTrust(LIVE)
                .build();
    }

    private static final String RANGE =
            "\"openPrice\":\"4.00000000\",\"highPrice\":\"5.00000000\",\"lowPrice\":\"2.00000000\",";
    private static final String SUMS =
            "\"volume\":\"7.00000000\",\"quoteVolume\":\"20.00000000\","
                    + "\"openTime\":1723075201000,\"closeTime\":1723161601000,"
                    + "\"firstId\":100,\"lastId\":140,\"count\":41}";
    private static final String CHANGE =
            "\"priceChange\":\"-1.00000000\",\"priceChangePercent\":\"-25.000\","
                    + "\"weightedAvgPrice\":\"2.85714286\",";

    @Test
    void statisticsOfADayInBothSizes() {
        server.aggregator.on("/internal/tickers/binance/BTCUSDT", answer(ticker(BTC, true)));
        server.aggregator.on(
                "/internal/tickers",
                TickerAnswers.newBuilder()
                        .addItems(answer(ticker(BTC, true)))
                        .addItems(answer(ticker(ETH, false)))
                        .addAllPartitions(ALL)
                        .build());
        String full =
                "{\"symbol\":\"BTCUSDT\","
                        + CHANGE
                        + "\"prevClosePrice\":\"3.90000000\",\"lastPrice\":\"3.00000000\","
                        + "\"lastQty\":\"0.10000000\",\"bidPrice\":\"2.90000000\","
                        + "\"bidQty\":\"1.00000000\",\"askPrice\":\"3.10000000\","
                        + "\"askQty\":\"2.00000000\","
                        + RANGE
                        + SUMS;
        assertThat(ok(server.get("ticker/24hr?symbol=BTCUSDT"))).isEqualTo(full);
        assertThat(ok(server.get("ticker/24hr?symbol=BTCUSDT&type=MINI")))
                .isEqualTo(
                        "{\"symbol\":\"BTCUSDT\","
                                + RANGE
                                + "\"lastPrice\":\"3.00000000\","
                                + SUMS);
        assertThat(ok(server.get("ticker/24hr?type=FULL")))
                .as("of a miniTicker what follows from it, and null")
                .isEqualTo(
                        "["
                                + full
                                + ",{\"symbol\":\"ETHUSDT\","
                                + CHANGE
                                + "\"prevClosePrice\":null,\"lastPrice\":\"3.00000000\","
                                + "\"lastQty\":null,\"bidPrice\":null,\"bidQty\":null,"
                                + "\"askPrice\":null,\"askQty\":null,"
                                + RANGE
                                + "\"volume\":\"7.00000000\",\"quoteVolume\":\"20.00000000\","
                                + "\"openTime\":null,\"closeTime\":1723161601000,"
                                + "\"firstId\":-1,\"lastId\":-1,\"count\":null}]");
    }
}
