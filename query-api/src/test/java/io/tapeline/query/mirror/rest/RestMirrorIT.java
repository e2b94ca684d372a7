package io.tapeline.query.mirror.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.query.history.Minutes;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.market.Origin;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import io.tapeline.schemas.market.Ticker;
import io.tapeline.schemas.proto.BookAnswer;
import io.tapeline.schemas.proto.BookAnswers;
import io.tapeline.schemas.proto.InstrumentInfo;
import io.tapeline.schemas.proto.InstrumentStatus;
import io.tapeline.schemas.proto.PriceAnswer;
import io.tapeline.schemas.proto.PriceAnswers;
import io.tapeline.schemas.proto.TickerAnswer;
import io.tapeline.schemas.proto.TickerAnswers;
import io.tapeline.schemas.proto.Trust;
import io.tapeline.schemas.wire.LatestPriceCodec;
import io.tapeline.schemas.wire.LevelsCodec;
import io.tapeline.schemas.wire.TickerCodec;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** The exchange's REST paths, whole answers and every refusal. */
final class RestMirrorIT {

    private static final Instrument BTC = Minutes.BTC;
    private static final Instrument ETH = Minutes.ETH;
    private static final EpochMicros EVENT = Minutes.at("2024-08-09T00:00:01Z");
    private static final Trust LIVE =
            Trust.newBuilder()
                    .setState("LIVE")
                    .setUpdateId(50_093_239_218L)
                    .setEventTimeUs(EVENT.value())
                    .build();
    private static final List<Integer> ALL = List.of(0, 1, 2);

    @TempDir private static Path directory;

    private static MirrorServer server;

    @BeforeAll
    static void start() {
        server = new MirrorServer(directory);
        list("BTCUSDT", "TRADING", true);
        list("ETHUSDT", "TRADING", true);
        list("LTCUSDT", "TRADING", false);
        list("XRPUSDT", "BREAK", true);
        list("币安人生USDT", "TRADING", true);
        InstrumentInfo gone =
                info("OLDUSDT", "BREAK", true)
                        .setStatus(InstrumentStatus.INSTRUMENT_STATUS_DELISTED)
                        .build();
        server.registry.put(Instrument.binance("OLDUSDT"), gone);
        server.registry.put(
                Instrument.parse("deribit:btc_usd"),
                InstrumentInfo.newBuilder().setInstrument("deribit:btc_usd").build());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void list(String symbol, String status, boolean streamed) {
        server.registry.put(Instrument.binance(symbol), info(symbol, status, streamed).build());
    }

    private static InstrumentInfo.Builder info(String symbol, String status, boolean streamed) {
        return InstrumentInfo.newBuilder()
                .setInstrument("binance:" + symbol)
                .setStatus(
                        status.equals("TRADING")
                                ? InstrumentStatus.INSTRUMENT_STATUS_TRADING
                                : InstrumentStatus.INSTRUMENT_STATUS_HALTED)
                .setVenueStatus(status)
                .setStreamed(streamed)
                .setVenueRules(rules(symbol, status));
    }

    private static String rules(String symbol, String status) {
        return "{\"symbol\":\"%s\",\"status\":\"%s\",\"permissionSets\":[[\"SPOT\"%s]]}"
                .formatted(symbol, status, symbol.startsWith("BTC") ? ",\"MARGIN\"" : "");
    }

    private static String ok(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValue("application/json;charset=UTF-8");
        return answer.body();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    depth?symbol=btcusdt|400|-1100|Illegal characters found in parameter 'symbol'; legal range is '^[\\w-_.&&[^a-z]]{1,50}$'.
                    depth?symbol=%C3%28|400|-1100|Illegal characters found in parameter 'symbol'; legal range is '^[\\w-_.&&[^a-z]]{1,50}$'.
                    depth?symbol=BTCUSDT&limit=x|400|-1100|Illegal characters found in parameter 'limit'; legal range is '^[0-9]{1,20}$'.
                    klines?symbol=BTCUSDT&interval=1m&startTime=-1|400|-1100|Illegal characters found in parameter 'startTime'; legal range is '^[0-9]{1,20}$'.
                    ticker/price?symbols=%5B%22btc%22%5D|400|-1100|Illegal characters found in parameter 'symbols'; legal range is '^[\\w-_.&&[^a-z]]{1,50}$'.
                    ping?a=1|400|-1101|Too many parameters; expected '0' and received '1'.
                    time?a=1&b=2|400|-1101|Too many parameters; expected '0' and received '2'.
                    depth?symbol=BTCUSDT&symbol=BTCUSDT|400|-1101|Duplicate values for a parameter detected.
                    depth|400|-1102|Mandatory parameter 'symbol' was not sent, was empty/null, or malformed.
                    depth?symbol=|400|-1102|Mandatory parameter 'symbol' was not sent, was empty/null, or malformed.
                    klines?symbol=BTCUSDT|400|-1102|Mandatory parameter 'interval' was not sent, was empty/null, or malformed.
                    trades|400|-1102|Mandatory parameter 'symbol' was not sent, was empty/null, or malformed.
                    depth?symbol=BTCUSDT&colour=red|400|-1104|Not all sent parameters were read; read '1' parameter(s) but was sent '2'.
                    depth?symbol=BTCUSDT&limit=|400|-1105|Parameter 'limit' was empty.
                    depth?symbol=BTCUSDT&limit=99999999999999999999|400|-1108|Parameter 'limit' overflowed.
                    klines?symbol=BTCUSDT&interval=2m|400|-1120|Invalid interval.
                    klines?symbol=BTCUSDT&interval=1s|400|-1120|Invalid interval.
                    klines?symbol=BTCUSDT&interval=1H|400|-1120|Invalid interval.
                    depth?symbol=NOSUCH|400|-1121|Invalid symbol.
                    depth?symbol=OLDUSDT|400|-1121|Invalid symbol.
                    klines?symbol=NOSUCH&interval=1m|400|-1121|Invalid symbol.
                    aggTrades?symbol=NOSUCH|400|-1121|Invalid symbol.
                    exchangeInfo?symbol=NOSUCH|400|-1121|Invalid symbol.
                    ticker/price?symbols=%5B%22BTCUSDT%22,%22NOSUCH%22%5D|400|-1121|Invalid symbol.
                    exchangeInfo?symbolStatus=ASLEEP|400|-1122|Invalid symbolStatus.
                    ticker/24hr?symbolStatus=END_OF_DAY|400|-1122|Invalid symbolStatus.
                    depth?symbol=BTCUSDT&symbolStatus=trading|400|-1122|Invalid symbolStatus.
                    ticker/price?symbol=BTCUSDT&symbols=%5B%22BTCUSDT%22%5D|400|-1128|Combination of optional parameters invalid.
                    exchangeInfo?symbol=BTCUSDT&symbolStatus=TRADING|400|-1128|Combination of optional parameters invalid.
                    exchangeInfo?symbol=BTCUSDT&permissions=SPOT|400|-1128|Combination of optional parameters invalid.
                    exchangeInfo?symbols=%5B%22BTCUSDT%22%5D&permissions=SPOT|400|-1128|Combination of optional parameters invalid.
                    depth?symbol=BTCUSDT&limit=0|400|-1130|Data sent for parameter 'limit' is not valid.
                    ticker/price?symbols=BTCUSDT|400|-1130|Data sent for parameter 'symbols' is not valid.
                    ticker/price?symbols=%5B%5D|400|-1130|Data sent for parameter 'symbols' is not valid.
                    ticker/price?symbols=%5B1%5D|400|-1130|Data sent for parameter 'symbols' is not valid.
                    exchangeInfo?permissions=spot|400|-1130|Data sent for parameter 'permissions' is not valid.
                    exchangeInfo?showPermissionSets=maybe|400|-1130|Data sent for parameter 'showPermissionSets' is not valid.
                    klines?symbol=BTCUSDT&interval=1m&timeZone=15|400|-1130|Data sent for parameter 'timeZone' is not valid.
                    klines?symbol=BTCUSDT&interval=1m&timeZone=noon|400|-1130|Data sent for parameter 'timeZone' is not valid.
                    klines?symbol=BTCUSDT&interval=1d&timeZone=8|400|-1130|Data sent for parameter 'timeZone' is not valid.
                    klines?symbol=BTCUSDT&interval=1h&timeZone=5:30|400|-1130|Data sent for parameter 'timeZone' is not valid.
                    ticker/24hr?symbol=BTCUSDT&type=HUGE|400|-1139|Invalid ticker type.
                    ticker/price?symbols=%5B%22BTCUSDT%22,%22BTCUSDT%22%5D|400|-1151|Symbol is present multiple times in the list.
                    depth?symbol=BTCUSDT&symbolStatus=HALT|400|-1220|The symbol's status does not match the requested symbolStatus.
                    ticker/price?symbol=XRPUSDT&symbolStatus=TRADING|400|-1220|The symbol's status does not match the requested symbolStatus.
                    trades?symbol=BTCUSDT|400|-1020|This operation is not supported.
                    historicalTrades?symbol=BTCUSDT&fromId=1|400|-1020|This operation is not supported.
                    aggTrades?symbol=BTCUSDT&limit=10|400|-1020|This operation is not supported.
                    avgPrice?symbol=BTCUSDT|400|-1020|This operation is not supported.
                    depth?symbol=LTCUSDT|400|-1020|This operation is not supported.
                    account|404|-1020|This operation is not supported.
                    ticker|404|-1020|This operation is not supported.
                    depth/more?symbol=BTCUSDT|404|-1020|This operation is not supported.
                    depth?symbol=ETHUSDT|503|-1001|Internal error; unable to process your request. Please try again.
                    """)
    void mistakesAreAnsweredInTheExchangesWords(
            String target, int status, int code, String message) {
        HttpResponse<String> answer = server.get(target);
        assertThat(answer.body())
                .isEqualTo(
                        "{\"code\":"
                                + code
                                + ",\"msg\":"
                                + JsonMapper.shared().writeValueAsString(message)
                                + "}");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("X-MBX-USED-WEIGHT-1M")).isPresent();
        assertThat(answer.headers().firstValue("Retry-After").isPresent()).isEqualTo(status == 503);
    }

    @Test
    void timesAreOfTheUnitThatTheHeaderAsksFor() {
        assertThat(ok(server.get("time"))).isEqualTo("{\"serverTime\":1723161601500}");
        assertThat(ok(server.get("time", "X-MBX-TIME-UNIT", "MICROSECOND")))
                .isEqualTo("{\"serverTime\":1723161601500250}");
        HttpResponse<String> wrong = server.get("time", "X-MBX-TIME-UNIT", "NANOSECOND");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body())
                .isEqualTo(
                        "{\"code\":-1194,\"msg\":\"Invalid value for time unit; expected either"
                                + " MICROSECOND or MILLISECOND.\"}");
    }

    @Test
    void whatIsNoQuestionIsRefused() {
        assertThat(ok(server.get("ping"))).isEqualTo("{}");
        HttpResponse<String> posted = server.send("POST", "ping");
        assertThat(posted.statusCode()).isEqualTo(405);
        assertThat(posted.headers().firstValue("Allow")).hasValue("GET, HEAD");
        assertThat(posted.body())
                .isEqualTo("{\"code\":-1020,\"msg\":\"This operation is not supported.\"}");
        HttpResponse<String> head = server.send("HEAD", "ping");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void eachRequestTellsTheWeightUsed() {
        long before = used(server.get("ping"));
        assertThat(used(server.get("exchangeInfo"))).isEqualTo(before + 20);
        assertThat(used(server.get("depth?symbol=NOSUCH&limit=5000"))).isEqualTo(before + 270);
    }

    private static long used(HttpResponse<String> answer) {
        assertThat(answer.headers().firstValue("X-MBX-USED-WEIGHT"))
                .isEqualTo(answer.headers().firstValue("X-MBX-USED-WEIGHT-1M"));
        return Long.parseLong(answer.headers().firstValue("X-MBX-USED-WEIGHT-1M").orElseThrow());
    }

    private static final String INFO_HEAD =
            "{\"timezone\":\"UTC\",\"serverTime\":1723161601500,\"rateLimits\":["
                    + "{\"rateLimitType\":\"REQUEST_WEIGHT\",\"interval\":\"MINUTE\","
                    + "\"intervalNum\":1,\"limit\":6000},"
                    + "{\"rateLimitType\":\"RAW_REQUESTS\",\"interval\":\"MINUTE\","
                    + "\"intervalNum\":5,\"limit\":300000}],"
                    + "\"exchangeFilters\":[],\"symbols\":[";

    @Test
    void exchangeInfoTellsThePairsInTheExchangesOwnWords() {
        String btc = rules("BTCUSDT", "TRADING");
        String eth = rules("ETHUSDT", "TRADING");
        assertThat(ok(server.get("exchangeInfo?symbol=BTCUSDT"))).isEqualTo(INFO_HEAD + btc + "]}");
        assertThat(ok(server.get("exchangeInfo?symbols=" + encoded("[\"ETHUSDT\",\"BTCUSDT\"]"))))
                .isEqualTo(INFO_HEAD + eth + "," + btc + "]}");
        assertThat(ok(server.get("exchangeInfo")))
                .isEqualTo(
                        INFO_HEAD
                                + btc
                                + ","
                                + eth
                                + ","
                                + rules("LTCUSDT", "TRADING")
                                + ","
                                + rules("XRPUSDT", "BREAK")
                                + ","
                                + rules("币安人生USDT", "TRADING")
                                + "]}");
        assertThat(ok(server.get("exchangeInfo?symbolStatus=BREAK")))
                .isEqualTo(INFO_HEAD + rules("XRPUSDT", "BREAK") + "]}");
        assertThat(ok(server.get("exchangeInfo?permissions=MARGIN")))
                .isEqualTo(INFO_HEAD + btc + "]}");
        assertThat(
                        ok(
                                server.get(
                                        "exchangeInfo?permissions="
                                                + encoded("[\"MARGIN\",\"LEVERAGED\"]"))))
                .isEqualTo(INFO_HEAD + btc + "]}");
        assertThat(ok(server.get("exchangeInfo?symbol=BTCUSDT&showPermissionSets=false")))
                .isEqualTo(INFO_HEAD + "{\"symbol\":\"BTCUSDT\",\"status\":\"TRADING\"}]}");
        assertThat(ok(server.get("exchangeInfo?symbol=" + encoded("币安人生USDT"))))
                .isEqualTo(INFO_HEAD + rules("币安人生USDT", "TRADING") + "]}");
    }

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

    @Test
    void candlesComeInTheRangeThatIsAskedFor() {
        EpochMicros start = Minutes.at("2024-08-08T00:00:00Z");
        List<Candle> minutes = Minutes.random(new Random(6), BTC, start, 1_440);
        server.recorded.put(BTC, minutes);
        long first = start.toMillis();
        long minute = 60_000;
        String query = "klines?symbol=BTCUSDT&interval=1m&limit=3";
        assertThat(opens(query)).containsExactly(lastMinutes(first, 3));
        assertThat(opens(query + "&startTime=" + first))
                .containsExactly(first, first + minute, first + 2 * minute);
        assertThat(opens(query + "&startTime=" + (first + 1)))
                .containsExactly(first + minute, first + 2 * minute, first + 3 * minute);
        assertThat(opens(query + "&endTime=" + (first + 5 * minute)))
                .containsExactly(first + 3 * minute, first + 4 * minute, first + 5 * minute);
        assertThat(opens(query + "&endTime=" + (first + 5 * minute - 1)))
                .containsExactly(first + 2 * minute, first + 3 * minute, first + 4 * minute);
        assertThat(
                        opens(
                                "klines?symbol=BTCUSDT&interval=1m&startTime="
                                        + first
                                        + "000&endTime="
                                        + (first + minute)
                                        + "000"))
                .as("microseconds")
                .containsExactly(first, first + minute);
        assertThat(opens(query + "&startTime=" + (first + 1) + "&endTime=" + first)).isEmpty();
        assertThat(opens("klines?symbol=BTCUSDT&interval=1m")).hasSize(500);
        assertThat(opens("uiKlines?symbol=BTCUSDT&interval=1m&limit=1001")).hasSize(1_000);
        assertThat(opens("klines?symbol=BTCUSDT&interval=1M")).hasSize(1);
        assertThat(opens("klines?symbol=BTCUSDT&interval=1h&limit=2&timeZone=-3"))
                .containsExactly(first + 22 * 60 * minute, first + 23 * 60 * minute);
        assertThat(opens("klines?symbol=ETHUSDT&interval=1m")).isEmpty();
        assertThat(opens("klines?symbol=BTCUSDT&interval=1m&startTime=9223372036854775807"))
                .isEmpty();
    }

    private static Long[] lastMinutes(long first, int count) {
        Long[] opens = new Long[count];
        for (int i = 0; i < count; i++) {
            opens[i] = first + (1_440L - count + i) * 60_000;
        }
        return opens;
    }

    private static List<Long> opens(String target) {
        List<Long> opens = new ArrayList<>();
        JsonMapper.shared()
                .readTree(ok(server.get(target)))
                .forEach(row -> {
                    assertThat(row.size()).isEqualTo(12);
                    opens.add(row.get(0).longValue());
                });
        return opens;
    }
}
