package io.tapeline.exchange.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.exchange.FollowedBook;
import io.tapeline.exchange.RecordingSink;
import io.tapeline.exchange.market.Book;
import io.tapeline.exchange.market.BookSide;
import io.tapeline.exchange.market.Candle;
import io.tapeline.exchange.market.JsonWriter;
import io.tapeline.exchange.market.Pair;
import io.tapeline.exchange.market.PairStatus;
import io.tapeline.exchange.market.PairStreams;
import io.tapeline.exchange.market.TimePrecision;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A made-up market whose parts must agree with one another, rebuilt here from the texts that it
 * sends.
 */
class SyntheticFlowTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Instant START = Instant.parse("2026-03-04T11:58:30.250Z");
    private static final long START_MICROS = START.toEpochMilli() * 1_000L;
    private static final long SEED = 5;

    private static SyntheticFlow flow(RecordingSink sink, int pairs, int rate) {
        return new SyntheticFlow(pairs, false, SEED, rate, 200, Duration.ofDays(2), START, sink);
    }

    private static void advance(SyntheticFlow flow, double seconds) {
        flow.market().move(() -> flow.advanceTo(START_MICROS + (long) (seconds * 1e6)));
    }

    private static String snapshot(SyntheticFlow flow, String symbol) {
        Pair pair = pair(flow, symbol);
        JsonWriter out = new JsonWriter(TimePrecision.MILLISECOND);
        pair.book().writeSnapshot(out, pair.spec(), Integer.MAX_VALUE);
        return out.toString();
    }

    private static Pair pair(SyntheticFlow flow, String symbol) {
        var streams = flow.market().pair(symbol);
        assertThat(streams).as(symbol).isNotNull();
        return streams.pair();
    }

    private static List<JsonNode> parsed(List<String> texts) {
        return texts.stream().map(JSON::readTree).toList();
    }

    private static BigDecimal decimal(JsonNode node) {
        return new BigDecimal(node.stringValue());
    }

    @Test
    void theSameSeedGivesTheSameBytesHoweverTheTimeIsCut() {
        String[] streams = {
            "btcusdt@trade", "btcusdt@aggTrade", "btcusdt@bookTicker", "btcusdt@depth@100ms",
                    "btcusdt@depth",
            "ethusdt@kline_1m", "ethusdt@ticker", "bttcusdt@depth20", "!miniTicker@arr",
                    "!ticker_1h@arr"
        };
        RecordingSink whole = new RecordingSink(streams);
        advance(flow(whole, 8, 500), 10);
        RecordingSink cut = new RecordingSink(streams);
        SyntheticFlow pieces = flow(cut, 8, 500);
        for (double second = 0.013; second < 10; second += 0.037) {
            advance(pieces, second);
        }
        advance(pieces, 10);
        assertThat(cut.sent().size()).isGreaterThan(1_000);
        assertThat(cut.sent()).isEqualTo(whole.sent());
    }

    @Test
    void anotherSeedGivesAnotherMarket() {
        RecordingSink one = new RecordingSink("btcusdt@trade");
        advance(flow(one, 2, 500), 2);
        RecordingSink other = new RecordingSink("btcusdt@trade");
        advance(
                new SyntheticFlow(2, false, SEED + 1, 500, 200, Duration.ofDays(2), START, other),
                2);
        assertThat(one.sent()).isNotEqualTo(other.sent());
    }

    @Test
    void bothSpeedsOfDiffsRebuildTheBookFromAnySnapshot() {
        RecordingSink sink =
                new RecordingSink("btcusdt@depth@100ms", "btcusdt@depth", "bttcusdt@depth@100ms");
        SyntheticFlow flow = flow(sink, 8, 800);
        advance(flow, 1.234);
        String early = snapshot(flow, "BTCUSDT");
        String earlyCheap = snapshot(flow, "BTTCUSDT");
        // To a whole second, at which both speeds have just spoken.
        advance(flow, 19.75);
        FollowedBook expected = new FollowedBook(snapshot(flow, "BTCUSDT"));
        for (String stream : List.of("btcusdt@depth@100ms", "btcusdt@depth")) {
            FollowedBook followed = new FollowedBook(early);
            for (String diff : sink.texts(stream)) {
                followed.apply(diff);
                assertThat(followed.crossed()).as(diff).isFalse();
            }
            assertThat(followed).as(stream).isEqualTo(expected);
            assertThat(followed.gaps()).isZero();
        }
        FollowedBook cheap = new FollowedBook(earlyCheap);
        sink.texts("bttcusdt@depth@100ms").forEach(cheap::apply);
        assertThat(cheap).isEqualTo(new FollowedBook(snapshot(flow, "BTTCUSDT")));
    }

    @Test
    void idsOfDiffsFollowOneAnotherWithoutGapOrOverlap() {
        RecordingSink sink = new RecordingSink("btcusdt@depth@100ms");
        SyntheticFlow flow = flow(sink, 2, 500);
        advance(flow, 5);
        long next = -1;
        for (JsonNode diff : parsed(sink.texts("btcusdt@depth@100ms"))) {
            assertThat(diff.path("u").longValue())
                    .isGreaterThanOrEqualTo(diff.path("U").longValue());
            if (next >= 0) {
                assertThat(diff.path("U").longValue()).isEqualTo(next);
            }
            next = diff.path("u").longValue() + 1;
        }
        assertThat(next).isPositive();
    }

    @Test
    void theBookTickerIsTheBooksTop() {
        RecordingSink sink = new RecordingSink("btcusdt@bookTicker");
        SyntheticFlow flow = flow(sink, 1, 500);
        Book book = pair(flow, "BTCUSDT").book();
        sink.watch(sent -> {
            JsonNode ticker = JSON.readTree(sent.text());
            assertThat(ticker.path("u").longValue()).isEqualTo(book.updateId());
            assertThat(decimal(ticker.path("b")))
                    .isEqualByComparingTo(BigDecimal.valueOf(book.bids().price(0), 2));
            assertThat(decimal(ticker.path("A")))
                    .isEqualByComparingTo(BigDecimal.valueOf(book.asks().quantity(0), 5));
        });
        advance(flow, 5);
        assertThat(sink.sent()).hasSizeGreaterThan(500);
    }

    @Test
    void closedCandlesAreTheSumsOfTheTrades() {
        RecordingSink sink =
                new RecordingSink("btcusdt@trade", "btcusdt@kline_1m", "btcusdt@kline_1s");
        SyntheticFlow flow = flow(sink, 2, 300);
        advance(flow, 215);
        for (String interval : List.of("1m", "1s")) {
            List<JsonNode> closed =
                    parsed(sink.texts("btcusdt@kline_" + interval)).stream()
                            .map(text -> text.path("k"))
                            .filter(k -> k.path("x").booleanValue())
                            .toList();
            assertThat(closed).hasSizeGreaterThanOrEqualTo(interval.equals("1m") ? 4 : 210);
            for (JsonNode k : closed) {
                assertThat(k.toString()).isEqualTo(sum(sink, k).toString());
            }
            for (int i = 1; i < closed.size(); i++) {
                assertThat(closed.get(i).path("t").longValue())
                        .isEqualTo(closed.get(i - 1).path("T").longValue() + 1);
            }
        }
    }

    @Test
    void theCandleThatWasOpenAtTheSubscriptionIsToldToItsEnd() {
        RecordingSink sink = new RecordingSink();
        SyntheticFlow flow = flow(sink, 1, 1);
        advance(flow, 0.7);
        sink.subscribe("btcusdt@kline_1s");
        advance(flow, 0.76);
        assertThat(parsed(sink.texts("btcusdt@kline_1s")))
                .filteredOn(text -> text.path("k").path("x").booleanValue())
                .extracting(text -> text.path("k").path("t").longValue())
                .containsExactly(START.toEpochMilli() - 250);
    }

    /** The candle that the trades of its time make, field by field. */
    private static JsonNode sum(RecordingSink sink, JsonNode k) {
        List<JsonNode> trades = new ArrayList<>();
        for (JsonNode trade : parsed(sink.texts("btcusdt@trade"))) {
            long time = trade.path("T").longValue();
            if (time >= k.path("t").longValue() && time <= k.path("T").longValue()) {
                trades.add(trade);
            }
        }
        var made = (tools.jackson.databind.node.ObjectNode) k.deepCopy();
        if (trades.isEmpty()) {
            return made.put("n", 0)
                    .put("f", -1)
                    .put("L", -1)
                    .put("v", "0.00000000")
                    .put("q", "0.00000000");
        }
        BigDecimal volume = BigDecimal.ZERO;
        BigDecimal quote = BigDecimal.ZERO;
        BigDecimal taker = BigDecimal.ZERO;
        BigDecimal takerQuote = BigDecimal.ZERO;
        BigDecimal high = decimal(trades.getFirst().path("p"));
        BigDecimal low = high;
        for (JsonNode trade : trades) {
            BigDecimal price = decimal(trade.path("p"));
            BigDecimal quantity = decimal(trade.path("q"));
            high = high.max(price);
            low = low.min(price);
            volume = volume.add(quantity);
            quote = quote.add(price.multiply(quantity));
            if (!trade.path("m").booleanValue()) {
                taker = taker.add(quantity);
                takerQuote = takerQuote.add(price.multiply(quantity));
            }
        }
        return made.put("f", trades.getFirst().path("t").longValue())
                .put("L", trades.getLast().path("t").longValue())
                .put("o", trades.getFirst().path("p").stringValue())
                .put("c", trades.getLast().path("p").stringValue())
                .put("h", eight(high))
                .put("l", eight(low))
                .put("v", eight(volume))
                .put("n", trades.size())
                .put("q", eight(quote))
                .put("V", eight(taker))
                .put("Q", eight(takerQuote));
    }

    private static String eight(BigDecimal value) {
        return value.setScale(8, java.math.RoundingMode.UNNECESSARY).toPlainString();
    }

    @Test
    void aggregateTradesHoldEachTradeOnce() {
        RecordingSink sink = new RecordingSink("btcusdt@trade", "btcusdt@aggTrade");
        SyntheticFlow flow = flow(sink, 1, 500);
        advance(flow, 10);
        BigDecimal traded = BigDecimal.ZERO;
        long next = -1;
        long nextId = -1;
        for (JsonNode aggregate : parsed(sink.texts("btcusdt@aggTrade"))) {
            if (next >= 0) {
                assertThat(aggregate.path("f").longValue()).isEqualTo(next);
                assertThat(aggregate.path("a").longValue()).isEqualTo(nextId);
            }
            next = aggregate.path("l").longValue() + 1;
            nextId = aggregate.path("a").longValue() + 1;
            traded = traded.add(decimal(aggregate.path("q")));
        }
        BigDecimal single =
                parsed(sink.texts("btcusdt@trade")).stream()
                        .map(trade -> decimal(trade.path("q")))
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(traded).isEqualByComparingTo(single).isPositive();
    }

    @Test
    void tickersAreTheSumsOfTheCandles() {
        RecordingSink sink =
                new RecordingSink("btcusdt@ticker", "btcusdt@ticker_1h", "bttcusdt@ticker");
        SyntheticFlow flow = flow(sink, 8, 400);
        // To a whole second: the ticker of that moment is the last thing that happened.
        advance(flow, 144.75);
        for (String stream : List.of("btcusdt@ticker", "btcusdt@ticker_1h", "bttcusdt@ticker")) {
            JsonNode ticker = parsed(sink.texts(stream)).getLast();
            Pair pair = pair(flow, ticker.path("s").stringValue());
            long from = ticker.path("O").longValue();
            long to = ticker.path("C").longValue();
            assertThat(to).isEqualTo(START.toEpochMilli() + 144_750);
            assertThat(from % 60_000L).isZero();
            assertThat(to - from).isBetween(width(stream), width(stream) + 59_999L);
            Candle all = new Candle();
            pair.sum(all, from, (to / 60_000L + 1) * 60_000L);
            assertThat(
                            List.of(
                                    ticker.path("F").longValue(),
                                    ticker.path("L").longValue(),
                                    ticker.path("n").longValue(),
                                    ticker.path("o").stringValue(),
                                    ticker.path("h").stringValue(),
                                    ticker.path("l").stringValue(),
                                    ticker.path("c").stringValue(),
                                    ticker.path("v").stringValue(),
                                    ticker.path("q").stringValue(),
                                    ticker.path("p").stringValue()))
                    .isEqualTo(
                            List.of(
                                    all.firstId(),
                                    all.lastId(),
                                    all.count(),
                                    price(pair, all.open()),
                                    price(pair, all.high()),
                                    price(pair, all.low()),
                                    price(pair, all.close()),
                                    eight(
                                            new BigDecimal(
                                                    all.volume().toBigInteger(),
                                                    pair.spec().quantityScale())),
                                    eight(
                                            new BigDecimal(
                                                    all.quoteVolume().toBigInteger(),
                                                    pair.spec().quoteScale())),
                                    price(pair, all.close() - all.open())));
        }
    }

    private static long width(String stream) {
        return stream.endsWith("_1h") ? 3_600_000L : 86_400_000L;
    }

    private static String price(Pair pair, long units) {
        return eight(BigDecimal.valueOf(units, pair.spec().priceScale()));
    }

    @Test
    void aSlidingDayIsTheDaySummedUpAnew() {
        RecordingSink sink = new RecordingSink("ethusdt@miniTicker");
        SyntheticFlow slid = flow(sink, 2, 50);
        for (int second = 1; second <= 600; second += 7) {
            advance(slid, second);
            slid.market().pairs().forEach(p -> p.day().at(slid.market().nowMicros()));
        }
        SyntheticFlow fresh = flow(new RecordingSink("ethusdt@miniTicker"), 2, 50);
        advance(fresh, 596);
        advance(slid, 596);
        for (String symbol : List.of("BTCUSDT", "ETHUSDT")) {
            assertThat(day(slid, symbol)).as(symbol).isEqualTo(day(fresh, symbol));
        }
    }

    private static List<Object> day(SyntheticFlow flow, String symbol) {
        var streams = flow.market().pair(symbol);
        assertThat(streams).isNotNull();
        var stats = streams.day().at(START_MICROS + 596_000_000L);
        Candle c = stats.candle();
        return List.of(
                stats.openMicros(),
                stats.previousClose(),
                c.open(),
                c.high(),
                c.low(),
                c.close(),
                c.volume().toString(),
                c.quoteVolume().toString(),
                c.takerVolume().toString(),
                c.firstId(),
                c.lastId(),
                c.count());
    }

    @Test
    void theCheapCoinsNumbersOutgrow64BitsAtEightDecimals() {
        SyntheticFlow flow = flow(new RecordingSink(), 8, 400);
        advance(flow, 5);
        Pair cheap = pair(flow, "BTTCUSDT");
        BigDecimal most = new BigDecimal(Long.MAX_VALUE).movePointLeft(8);
        assertThat(new BigDecimal(most(cheap.book().asks()))).isGreaterThan(most);
        Candle day =
                cheap.candle(
                        START.toEpochMilli() / 60_000L * 60_000L - 86_400_000L,
                        START.toEpochMilli() / 60_000L * 60_000L);
        assertThat(new BigDecimal(day.volume().toBigInteger())).isGreaterThan(most);
    }

    private static long most(BookSide side) {
        long most = 0;
        for (int rank = 0; rank < side.size(); rank++) {
            most = Math.max(most, side.quantity(rank));
        }
        return most;
    }

    @Test
    void twoThousandPairsFitInOneMarket() {
        RecordingSink sink = new RecordingSink("!miniTicker@arr");
        SyntheticFlow flow =
                new SyntheticFlow(
                        2_200, 1_500, 3, SEED, 3_000, 100, Duration.ofDays(1), START, sink);
        advance(flow, 3);
        List<String> trading =
                flow.market().pairs().stream()
                        .map(PairStreams::pair)
                        .filter(pair -> pair.status() == PairStatus.TRADING)
                        .map(pair -> pair.spec().symbol())
                        .toList();
        assertThat(flow.market().pairs()).hasSize(2_200);
        assertThat(trading).hasSize(1_500).endsWith("龙虾USDC", "我踏马来了USDT", "币安人生USDT");
        assertThat(sink.texts("!miniTicker@arr")).isNotEmpty();
        flow.market()
                .pairs()
                .forEach(streams -> {
                    Book book = streams.pair().book();
                    assertThat(book.bids().price(0)).isLessThan(book.asks().price(0));
                });
    }

    @Test
    void everyPairHasANameOfItsOwn() {
        assertThat(Catalogue.list(6_000, 6_000, 3, SEED).stream().map(pair -> pair.spec().symbol()))
                .hasSize(6_000)
                .doesNotHaveDuplicates();
    }
}
