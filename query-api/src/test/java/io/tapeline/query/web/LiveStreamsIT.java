package io.tapeline.query.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.query.Api;
import io.tapeline.query.Await;
import io.tapeline.query.history.Minutes;
import io.tapeline.query.routing.FakeAggregator;
import io.tapeline.query.routing.FakeFeeds;
import io.tapeline.query.routing.Store;
import io.tapeline.schemas.access.SharedSecret;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.proto.FeedMessage;
import io.tapeline.schemas.wire.CandleCodec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Server-sent events of what an aggregator's feed tells. */
final class LiveStreamsIT {

    private static final String STREAM = "/v1/stream?instruments=binance:BTCUSDT&types=";

    /** Without which no feed is told. */
    private static final SharedSecret SECRET = new SharedSecret("0123456789abcdef");

    @TempDir Path directory;

    private final FakeAggregator aggregator = LiveFixture.aggregator();
    private Api api;

    @BeforeEach
    void start() {
        aggregator.asksFor(SECRET);
        api =
                Api.over(
                        directory,
                        aggregator,
                        "--tapeline.stream.book-every=50ms",
                        "--tapeline.internal.secret=" + SECRET.text());
    }

    @AfterEach
    void stop() {
        api.close();
        aggregator.close();
    }

    private BufferedReader open(String path) throws IOException, InterruptedException {
        return new BufferedReader(
                new InputStreamReader(api.open(path).body(), StandardCharsets.UTF_8));
    }

    private static String next(BufferedReader events, String type) throws IOException {
        String line = events.readLine();
        while (line != null) {
            if (line.equals("event: " + type)) {
                return events.readLine().substring("data: ".length());
            }
            line = events.readLine();
        }
        throw new AssertionError("the stream ended before an event " + type);
    }

    @Test
    void everyTypeBeginsWithWhatIsKnownAndGoesOnWithWhatIsAccepted() throws Exception {
        try (BufferedReader events = open(STREAM + "price,candle")) {
            assertThat(next(events, "price")).contains("\"price\":\"1\"");
            Await.until("all are followed", () -> aggregator.feeds().begun().size() >= 2);
            Candle candle =
                    Minutes.minute(
                            LiveFixture.BTC,
                            new EpochMicros(60_000_000),
                            "1",
                            "2",
                            "1",
                            "2",
                            "3",
                            false);
            aggregator
                    .feeds()
                    .tell(FeedMessage.newBuilder().setCandle(CandleCodec.toProto(candle)).build());
            assertThat(next(events, "candle"))
                    .startsWith(
                            "{\"venue\":\"binance\",\"symbol\":\"BTCUSDT\",\"interval\":\"1m\","
                                    + "\"openTime\":")
                    .contains("\"closed\":false");
            aggregator.feeds().tell(LiveFixture.price(2));
            assertThat(next(events, "price")).contains("\"price\":\"2\"", "\"state\":\"LIVE\"");
        }
    }

    @Test
    void aBookIsToldWholeWhenItHasChangedAndToWhoComesLaterWhatWasToldLast() throws Exception {
        try (BufferedReader events = open(STREAM + "book")) {
            assertThat(next(events, "book")).contains("\"updateId\":10");
            Await.until("it is followed", () -> !aggregator.feeds().begun().isEmpty());
            aggregator.on("/internal/books/binance/BTCUSDT?depth=500", LiveFixture.book(11));
            aggregator.feeds().tell(LiveFixture.delta(11, 1));
            assertThat(next(events, "book")).contains("\"updateId\":11");
            try (BufferedReader later = open(STREAM + "book")) {
                assertThat(next(later, "book")).contains("\"updateId\":11");
            }
        }
        try (BufferedReader again = open(STREAM + "book")) {
            assertThat(next(again, "book")).contains("\"updateId\":11");
        }
    }

    @Test
    void aDepthIsASnapshotThenEachDeltaThenWhatWasLostAndASnapshot() throws Exception {
        List<String> told = new ArrayList<>();
        try (BufferedReader events = open(STREAM + "depth")) {
            told.add(next(events, "depth"));
            aggregator.feeds().tell(LiveFixture.delta(11, 1));
            told.add(next(events, "depth"));
            aggregator.feeds().tell(LiveFixture.lost());
            told.add(next(events, "depth"));
        }
        assertThat(told)
                .containsExactly(
                        "{\"kind\":\"snapshot\",\"venue\":\"binance\",\"symbol\":\"BTCUSDT\","
                                + "\"state\":\"LIVE\",\"updateId\":10,"
                                + "\"eventTime\":\"2026-01-01T00:00:00.001Z\","
                                + "\"range\":{\"low\":null,\"high\":null},"
                                + "\"bids\":[[\"99000\",\"10\"]],\"asks\":[]}",
                        "{\"kind\":\"delta\",\"venue\":\"binance\",\"symbol\":\"BTCUSDT\","
                                + "\"firstUpdateId\":11,\"previousUpdateId\":10,\"updateId\":11,"
                                + "\"eventTime\":\"2026-01-01T00:00:00.001Z\","
                                + "\"bids\":[[\"99000\",\"11\"]],\"asks\":[]}",
                        "{\"kind\":\"lost\",\"venue\":\"binance\",\"symbol\":\"BTCUSDT\","
                                + "\"eventTime\":\"2026-01-01T00:00:00.001Z\",\"reason\":\"gap\"}");
    }

    @Test
    void afterABrokenConnectionTheBookGoesOnWithoutAGap() throws Exception {
        try (BufferedReader events = open(STREAM + "depth")) {
            assertThat(next(events, "depth")).contains("\"kind\":\"snapshot\"");
            aggregator.feeds().tell(LiveFixture.delta(11, 1));
            assertThat(next(events, "depth")).contains("\"updateId\":11");
            // The one that comes back is behind: at 10, as one that has just taken over.
            aggregator.feeds().breakAll();
            Await.until(
                    "it is asked again",
                    () ->
                            aggregator.feeds().begun().stream()
                                            .filter(
                                                    FakeFeeds.subject(Store.BOOKS, LiveFixture.BTC)
                                                            ::equals)
                                            .count()
                                    == 2);
            aggregator.feeds().tell(LiveFixture.delta(11, 1));
            aggregator.feeds().tell(LiveFixture.delta(12, 1));
            assertThat(next(events, "depth"))
                    .contains("\"previousUpdateId\":11", "\"updateId\":12");
        }
        assertThat(aggregator.feeds().opened()).isEqualTo(2);
    }

    @Test
    void aReaderThatTakesNothingHoldsUpNobody() throws Exception {
        try (Socket slow = new Socket("127.0.0.1", api.port());
                BufferedReader events = open(STREAM + "price,depth")) {
            slow.setReceiveBufferSize(1_024);
            slow.getOutputStream()
                    .write(
                            ("GET " + STREAM + "price,depth HTTP/1.1\r\nHost: localhost\r\n\r\n")
                                    .getBytes(StandardCharsets.UTF_8));
            assertThat(next(events, "depth")).contains("\"kind\":\"snapshot\"");
            for (int i = 0; i < 3_000; i++) {
                aggregator.feeds().tell(LiveFixture.delta(11 + i, 1));
                aggregator.feeds().tell(LiveFixture.price(2 + i));
            }
            String price = next(events, "price");
            while (!price.contains("\"price\":\"3001\"")) {
                price = next(events, "price");
            }
        }
    }

    @Test
    void whatNobodyWatchesIsNotAskedForAgain() throws Exception {
        try (BufferedReader first = open(STREAM + "price");
                BufferedReader second = open(STREAM + "price")) {
            assertThat(next(first, "price")).contains("\"price\":\"1\"");
            assertThat(next(second, "price")).contains("\"price\":\"1\"");
        }
        assertThat(aggregator.feeds().begun())
                .containsExactly(FakeFeeds.subject(Store.PRICES, LiveFixture.BTC));
        assertThat(aggregator.feeds().opened()).isEqualTo(1);
    }
}
