package io.tapeline.exchange.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.exchange.FollowedBook;
import io.tapeline.exchange.RecordingSink;
import io.tapeline.exchange.market.JsonWriter;
import io.tapeline.exchange.market.Pair;
import io.tapeline.exchange.market.TimePrecision;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The recorded BTCUSDT of 2024-08-08, where it lies beside the repository; its facts are those of
 * the recording's own description. Without it {@link ReplayFlowTest} does the same with a recording
 * of a made-up market.
 */
class RealRecordingTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final long SNAPSHOT_ID = 50_093_239_218L;

    private static List<Path> files() {
        String data = System.getenv("TAPELINE_DATA");
        Path folder =
                Path.of(data == null ? "../../shared/data" : data).resolve("binance-spot-btcusdt");
        return List.of(
                folder.resolve("btcusdt_20240808.gz"), folder.resolve("btcusdt_20240809.gz"));
    }

    private static boolean present() {
        return files().stream().allMatch(Files::isReadable);
    }

    /** The recording is not part of the repository: where it is not, there is no such test. */
    @TestFactory
    Stream<DynamicTest> recordedMarkets() {
        return present()
                ? Stream.of(
                        DynamicTest.dynamicTest(
                                "the replayed book is the recorded exchange's",
                                RealRecordingTest::theReplayedBookIsTheRecordedExchanges))
                : Stream.empty();
    }

    private static void theReplayedBookIsTheRecordedExchanges() throws IOException {
        RecordingSink sink =
                new RecordingSink("btcusdt@depth@100ms", "btcusdt@bookTicker", "btcusdt@kline_1m");
        try (ReplayFlow flow = ReplayFlow.open(files(), sink)) {
            Comparison comparison = new Comparison(new FollowedBook(book(flow)));
            sink.watch(comparison::see);
            for (ReplayFlow.Step step = flow.next(); step != null; step = flow.next()) {
                flow.apply(step);
            }
            assertThat(comparison.followed.applied()).isEqualTo(6_495);
            assertThat(comparison.followed.gaps()).isZero();
            assertThat(comparison.crossed).isZero();
            assertThat(comparison.compared).isEqualTo(6_493);
            assertThat(comparison.different).isEqualTo(2);
            assertThat(comparison.followed).isEqualTo(new FollowedBook(book(flow)));
            assertThat(closedCandles(sink)).isEqualTo(candlesOfTheDescription());
        }
    }

    private static String book(ReplayFlow flow) {
        var streams = flow.market().pair("BTCUSDT");
        assertThat(streams).isNotNull();
        Pair pair = streams.pair();
        JsonWriter out = new JsonWriter(TimePrecision.MILLISECOND);
        pair.book().writeSnapshot(out, pair.spec(), Integer.MAX_VALUE);
        return out.toString();
    }

    /** Compares the book after each diff with the newest best prices that are not newer than it. */
    private static final class Comparison {

        private final FollowedBook followed;
        private final List<JsonNode> tickers = new ArrayList<>();
        private int compared;
        private int different;
        private int crossed;

        Comparison(FollowedBook followed) {
            this.followed = followed;
        }

        void see(RecordingSink.Sent sent) {
            if (sent.stream().equals("btcusdt@bookTicker")) {
                tickers.add(JSON.readTree(sent.text()));
            } else if (sent.stream().equals("btcusdt@depth@100ms")) {
                followed.apply(sent.text());
                crossed += followed.crossed() ? 1 : 0;
                compare();
            }
        }

        private void compare() {
            JsonNode newest = null;
            for (JsonNode ticker : tickers) {
                long u = ticker.path("u").longValue();
                if (u > SNAPSHOT_ID && u <= followed.id()) {
                    newest = ticker;
                }
            }
            if (newest == null) {
                return;
            }
            JsonNode kept = newest;
            tickers.removeIf(ticker -> ticker.path("u").longValue() < kept.path("u").longValue());
            compared++;
            boolean same =
                    is(followed.bestBid(), newest.path("b"), newest.path("B"))
                            && is(followed.bestAsk(), newest.path("a"), newest.path("A"));
            different += same ? 0 : 1;
        }

        private static boolean is(
                Map.Entry<BigDecimal, BigDecimal> best, JsonNode price, JsonNode quantity) {
            return best.getKey().compareTo(new BigDecimal(price.stringValue())) == 0
                    && best.getValue().compareTo(new BigDecimal(quantity.stringValue())) == 0;
        }
    }

    private static List<String> closedCandles(RecordingSink sink) {
        return sink.texts("btcusdt@kline_1m").stream()
                .map(text -> JSON.readTree(text).path("k"))
                .filter(k -> k.path("x").booleanValue())
                .map(k ->
                        String.join(
                                ",",
                                k.path("t").toString(),
                                k.path("o").stringValue(),
                                k.path("h").stringValue(),
                                k.path("l").stringValue(),
                                k.path("c").stringValue(),
                                k.path("v").stringValue(),
                                k.path("q").stringValue(),
                                k.path("n").toString(),
                                k.path("V").stringValue(),
                                k.path("Q").stringValue(),
                                k.path("f").toString(),
                                k.path("L").toString()))
                .toList();
    }

    /** All but the heading, and the last one, which was still open when the recording ended. */
    private static List<String> candlesOfTheDescription() throws IOException {
        Path csv = files().getFirst().resolveSibling("btcusdt_klines_1m.csv");
        List<String> lines = Files.readAllLines(csv);
        return lines.subList(1, lines.size() - 1);
    }
}
