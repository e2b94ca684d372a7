package io.tapeline.exchange.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeline.exchange.FollowedBook;
import io.tapeline.exchange.RecordingSink;
import io.tapeline.exchange.market.JsonWriter;
import io.tapeline.exchange.market.Pair;
import io.tapeline.exchange.market.TimePrecision;
import io.tapeline.exchange.synthetic.SyntheticFlow;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A made-up market, recorded, and played again: what comes out must be what went in. */
class ReplayFlowTest {

    private static final String[] RECORDED = {
        "btcusdt@depth@100ms",
        "btcusdt@trade",
        "btcusdt@bookTicker",
        "ethusdt@depth@100ms",
        "ethusdt@trade"
    };
    private static final String[] LEFT_OUT = {
        "btcusdt@kline_1m",
        "btcusdt@depth",
        "btcusdt@aggTrade",
        "ethusdt@miniTicker",
        "ethusdt@kline_1s"
    };
    private static final Instant START = Instant.parse("2026-03-04T11:58:30.250Z");
    private static final long START_MICROS = START.toEpochMilli() * 1_000L;

    @TempDir private Path folder;
    private RecordingSink original;
    private List<Path> files;

    /**
     * Records each symbol into a file of its own, one plain, one gzip, with a depth answer amid the
     * lines.
     */
    @BeforeEach
    void recordAMarket() throws IOException {
        original = new RecordingSink(concat(RECORDED, LEFT_OUT));
        SyntheticFlow flow =
                new SyntheticFlow(2, false, 21, 120, 100, Duration.ZERO, START, original);
        List<String> bitcoin = new ArrayList<>();
        List<String> ether = new ArrayList<>();
        int recorded = 0;
        for (int step = 1; step <= 1_480; step++) {
            long now = START_MICROS + step * 100_000L;
            flow.market().move(() -> flow.advanceTo(now));
            for (; recorded < original.sent().size(); recorded++) {
                RecordingSink.Sent sent = original.sent().get(recorded);
                if (List.of(RECORDED).contains(sent.stream())) {
                    String line =
                            (now * 1_000L + recorded)
                                    + " {\"stream\":\""
                                    + sent.stream()
                                    + "\",\"data\":"
                                    + sent.text()
                                    + "}";
                    (sent.stream().startsWith("btc") ? bitcoin : ether).add(line);
                }
            }
            if (step == 30) {
                bitcoin.add((now * 1_000L + 50_000) + " " + book(flow.market().pair("BTCUSDT")));
                ether.add((now * 1_000L + 50_000) + " " + book(flow.market().pair("ETHUSDT")));
            }
        }
        Path plain = Files.write(folder.resolve("btc.txt"), bitcoin);
        Path gzip = folder.resolve("eth.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
            out.write(String.join("\n", ether).getBytes(StandardCharsets.UTF_8));
        }
        files = List.of(plain, gzip);
    }

    private static String[] concat(String[] one, String[] two) {
        List<String> all = new ArrayList<>(List.of(one));
        all.addAll(List.of(two));
        return all.toArray(String[]::new);
    }

    private static String book(
            io.tapeline.exchange.market.@org.jspecify.annotations.Nullable PairStreams streams) {
        assertThat(streams).isNotNull();
        Pair pair = streams.pair();
        JsonWriter out = new JsonWriter(TimePrecision.MILLISECOND);
        pair.book().writeSnapshot(out, pair.spec(), Integer.MAX_VALUE);
        return out.toString();
    }

    private ReplayFlow replay(RecordingSink sink) throws IOException {
        ReplayFlow flow = ReplayFlow.open(files, sink);
        for (ReplayFlow.Step step = flow.next(); step != null; step = flow.next()) {
            flow.apply(step);
        }
        flow.finish();
        return flow;
    }

    @Test
    void recordedStreamsComeByteForByteAndInTheirOrder() throws IOException {
        RecordingSink sink = new RecordingSink(RECORDED);
        replay(sink).close();
        List<RecordingSink.Sent> expected =
                original.sent().stream()
                        .filter(sent -> List.of(RECORDED).contains(sent.stream()))
                        .toList();
        assertThat(sink.sent()).hasSameSizeAs(expected).isEqualTo(expected);
    }

    @Test
    void streamsThatWereNotRecordedAreDerivedAsTheExchangeMadeThem() throws IOException {
        RecordingSink sink = new RecordingSink(LEFT_OUT);
        replay(sink).close();
        for (String interval : List.of("btcusdt@kline_1m", "ethusdt@kline_1s")) {
            List<String> closed = closed(original, interval);
            List<String> derived = closed(sink, interval);
            assertThat(derived.size()).as(interval).isBetween(closed.size() - 3, closed.size());
            assertThat(derived).as(interval).isEqualTo(closed.subList(0, derived.size()));
        }
        assertThat(trades(sink)).isEqualTo(trades(original));
    }

    /** The closed candles without the time of the event, which is when it was sent. */
    private static List<String> closed(RecordingSink sink, String stream) {
        return sink.texts(stream).stream()
                .filter(text -> text.contains("\"x\":true"))
                .map(text -> text.substring(text.indexOf("\"k\":")))
                // The first second's candle may have begun before the recording did.
                .toList();
    }

    private static List<String> trades(RecordingSink sink) {
        return sink.texts("btcusdt@aggTrade").stream()
                .map(text -> text.substring(text.indexOf("\"p\":")))
                .toList();
    }

    @Test
    void theBookOfTheMomentIsTheRecordedExchanges() throws IOException {
        RecordingSink sink = new RecordingSink("btcusdt@depth@100ms");
        try (ReplayFlow flow = ReplayFlow.open(files, sink)) {
            List<FollowedBook> followers = new ArrayList<>();
            long lines = 0;
            for (ReplayFlow.Step step = flow.next(); step != null; step = flow.next()) {
                int before = sink.sent().size();
                if (lines++ % 700 == 0) {
                    followers.add(new FollowedBook(book(flow.market().pair("BTCUSDT"))));
                }
                flow.apply(step);
                for (RecordingSink.Sent sent : sink.sent().subList(before, sink.sent().size())) {
                    followers.forEach(follower -> follower.apply(sent.text()));
                }
            }
            FollowedBook end = new FollowedBook(book(flow.market().pair("BTCUSDT")));
            assertThat(followers)
                    .hasSizeGreaterThan(5)
                    .allSatisfy(follower -> {
                        assertThat(follower).isEqualTo(end);
                        assertThat(follower.gaps()).isZero();
                    });
            assertThat(sink.texts("btcusdt@depth@100ms").getLast())
                    .contains("\"u\":" + end.id() + ",");
        }
    }

    private List<Path> recorded(String... lines) throws IOException {
        List<String> timed = new ArrayList<>();
        for (String line : lines) {
            timed.add(timed.size() + 1 + " " + line);
        }
        return List.of(Files.write(folder.resolve("told.txt"), timed));
    }

    private static String diff(long id) {
        return "{\"stream\":\"btcusdt@depth@100ms\",\"key\":\"binance:BTCUSDT\",\"line\":\"a\",\"data\":"
                + "{\"e\":\"depthUpdate\",\"E\":1,\"s\":\"BTCUSDT\",\"U\":%1$d,\"u\":%1$d,\"b\":[],\"a\":[]}}"
                        .formatted(id);
    }

    private static String answer(String request, long id, String bids) {
        return "{\"stream\":\"rest/depth?%s\",\"key\":\"binance:BTCUSDT\",\"line\":\"rest\",\"data\":{\"lastUpdateId\":%d,\"bids\":%s,\"asks\":[[\"9\",\"1\"]]}}"
                .formatted(request, id, bids);
    }

    /** Before the first line happens. */
    private static String bookAtFirst(List<Path> told) throws IOException {
        try (ReplayFlow flow = ReplayFlow.open(told, new RecordingSink())) {
            return book(flow.market().pair("BTCUSDT"))
                    + " known "
                    + Objects.requireNonNull(flow.market().pair("BTCUSDT"))
                            .pair()
                            .book()
                            .knownDepth();
        }
    }

    @Test
    void aLookThatAuditedABookDoesNotBecomeTheBook() throws IOException {
        assertThat(
                        bookAtFirst(
                                recorded(
                                        diff(5),
                                        answer("limit=100&purpose=audit", 5, "[[\"8\",\"2\"]]"),
                                        diff(6),
                                        answer("limit=5000", 6, "[[\"8\",\"2\"],[\"7\",\"3\"]]"))))
                .isEqualTo(
                        "{\"lastUpdateId\":4,\"bids\":[[\"8.00000000\",\"2.00000000\"],"
                                + "[\"7.00000000\",\"3.00000000\"]],"
                                + "\"asks\":[[\"9.00000000\",\"1.00000000\"]]} known 2");
    }

    @Test
    void whereNoAnswerTellsMoreALookIsWhatIsKnownOfABook() throws IOException {
        assertThat(
                        bookAtFirst(
                                recorded(
                                        answer("limit=5000", 3, "[[\"8\",\"2\"],[\"7\",\"3\"]]"),
                                        diff(5),
                                        answer("limit=100&purpose=audit", 5, "[[\"8\",\"2\"]]"))))
                .isEqualTo(
                        "{\"lastUpdateId\":4,\"bids\":[[\"8.00000000\",\"2.00000000\"]],"
                                + "\"asks\":[[\"9.00000000\",\"1.00000000\"]]} known 1");
    }

    @Test
    void aLineThatIsNoneIsNamed() throws IOException {
        Path broken =
                Files.writeString(
                        folder.resolve("broken"), "1 {\"stream\":\"a@b\",\"data\":{}}\nnonsense\n");
        assertThatThrownBy(() -> ReplayFlow.open(List.of(broken), new RecordingSink()))
                .isInstanceOf(IOException.class)
                .hasMessage(broken + ", line 2: not `<receive time in ns> <text>`");
    }
}
