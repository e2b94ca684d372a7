package io.tapeline.aggregator.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.aggregator.audit.BookAudit;
import io.tapeline.aggregator.audit.Difference;
import io.tapeline.aggregator.audit.Finding;
import io.tapeline.aggregator.audit.Outcome;
import io.tapeline.aggregator.book.AdaptiveOrderBook;
import io.tapeline.schemas.binance.BinanceDepth;
import io.tapeline.schemas.market.DepthMessage;
import io.tapeline.schemas.market.DepthPicture;
import io.tapeline.schemas.market.DepthSnapshot;
import io.tapeline.schemas.market.DepthUpdate;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.EpochNanos;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import io.tapeline.schemas.market.Side;
import io.tapeline.schemas.raw.RawRecord;
import io.tapeline.schemas.wire.MalformedPayload;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Eleven recorded minutes of BTCUSDT, if the recording is there: the book that follows the diffs
 * against the exchange's own best bid and ask, by update id.
 */
class RecordedMarketTest {

    private static final Instrument BTC = Instrument.binance("BTCUSDT");
    private static final String DIFF = "{\"stream\":\"btcusdt@depth@100ms\",\"data\":";
    private static final String TICKER = "{\"stream\":\"btcusdt@bookTicker\",\"data\":";
    private static final String SNAPSHOT = "{\"lastUpdateId\":";

    /** A recorded message. */
    private record Frame(EpochMicros received, DepthMessage message) {}

    static @Nullable Path recording() {
        String told = System.getenv("TAPELINE_DATA");
        Path data = told == null ? Path.of("..", "..", "shared", "data") : Path.of(told);
        Path folder = data.resolve("binance-spot-btcusdt");
        return Files.isDirectory(folder) ? folder : null;
    }

    static boolean isPresent() {
        return recording() != null;
    }

    /**
     * @param speed how many times faster than it was recorded; 0: all at one moment
     */
    @ParameterizedTest(name = "{0} lines, {1} times as fast")
    @CsvSource({"1, 1", "1, 0", "2, 1", "2, 60", "2, 0"})
    @EnabledIf(value = "isPresent", disabledReason = "the recording is not on this machine")
    void theBookIsTheExchangesAtEveryDiffButTheTwoThatNoOneCouldKnow(int lines, int speed)
            throws Exception {
        List<Frame> frames = frames();
        Reader reader = new Reader(frames);
        arrivals(frames, lines, speed).forEach(reader::accept);

        assertThat(frames.stream().filter(each -> each.message() instanceof DepthUpdate))
                .hasSize(6_495);
        assertThat(reader.troubles).isEmpty();
        assertThat(reader.compared).isEqualTo(6_493);
        // Both rested below the snapshot's lowest bid and were never announced until they went.
        assertThat(reader.follower.range().low()).isEqualTo(Price.of("61631.55"));
        assertThat(reader.differences)
                .containsExactly(
                        new Outcome.BeyondRange(difference("61565.1", "0.00076"), 1),
                        new Outcome.BeyondRange(difference("61556.11", "0.002"), 1));
    }

    private static Difference difference(String bid, String told) {
        return new Difference(Side.BID, Price.of(bid), Quantity.of(told), Quantity.ZERO);
    }

    /** Of 73,174 tickers, nearly all from within an update that comes after them. */
    @Test
    @EnabledIf(value = "isPresent", disabledReason = "the recording is not on this machine")
    void noTickerContradictsTheBookAsItComes() throws Exception {
        List<Frame> frames = frames();
        Reader reader = new Reader(frames);
        Map<Class<?>, Integer> outcomes = new HashMap<>();
        for (Frame frame : frames) {
            for (Finding finding : reader.accept(frame)) {
                outcomes.merge(finding.outcome().getClass(), 1, Integer::sum);
            }
        }

        assertThat(reader.troubles).isEmpty();
        assertThat(outcomes).doesNotContainKey(Outcome.Fault.class);
        assertThat(outcomes.values().stream().mapToInt(each -> each).sum()).isEqualTo(73_174);
        assertThat(outcomes.get(Outcome.Equal.class)).isGreaterThan(2_600);
        assertThat(outcomes.get(Outcome.BeyondRange.class)).isEqualTo(1);
    }

    /**
     * The second line brings the same half a second later at most; what one of two lines loses the
     * other does not.
     */
    private static List<Frame> arrivals(List<Frame> frames, int lines, int speed) {
        Random random = new Random(lines * 1_000L + speed);
        List<Frame> arrivals = new ArrayList<>();
        long begin = frames.getFirst().received().value();
        int index = 0;
        for (Frame frame : frames) {
            if (frame.message() instanceof DepthPicture) {
                continue;
            }
            index++;
            for (int line = 0; line < lines; line++) {
                boolean settled = index > 100 && frame.message() instanceof DepthUpdate;
                boolean lost =
                        lines > 1
                                && settled
                                && (index / 20) % lines == line
                                && random.nextInt(3) == 0;
                if (!lost) {
                    long delay = settled ? line * random.nextInt(500_000) : 0;
                    long after = frame.received().value() - begin + delay;
                    arrivals.add(new Frame(new EpochMicros(begin + after), frame.message()));
                }
            }
        }
        arrivals.sort(Comparator.comparing(Frame::received));
        return arrivals.stream()
                .map(each ->
                        new Frame(
                                new EpochMicros(
                                        speed == 0
                                                ? begin
                                                : begin
                                                        + (each.received().value() - begin)
                                                                / speed),
                                each.message()))
                .toList();
    }

    private static List<Frame> frames() throws IOException, MalformedPayload {
        Path folder = Objects.requireNonNull(recording());
        List<Frame> frames = new ArrayList<>();
        for (String file : List.of("btcusdt_20240808.gz", "btcusdt_20240809.gz")) {
            read(folder.resolve(file), frames);
        }
        return frames;
    }

    private static void read(Path file, List<Frame> frames) throws IOException, MalformedPayload {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(file)),
                                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int space = line.indexOf(' ');
                EpochNanos received = new EpochNanos(Long.parseLong(line.substring(0, space)));
                String text = line.substring(space + 1);
                if (text.startsWith(DIFF)) {
                    frames.add(frame(received, data(text, DIFF), "btcusdt@depth@100ms"));
                } else if (text.startsWith(TICKER)) {
                    frames.add(frame(received, data(text, TICKER), "btcusdt@bookTicker"));
                } else if (text.startsWith(SNAPSHOT)) {
                    frames.add(frame(received, text, "rest/depth?limit=1000"));
                }
            }
        }
    }

    private static String data(String text, String envelope) {
        return text.substring(envelope.length(), text.length() - 1);
    }

    private static Frame frame(EpochNanos received, String payload, String stream)
            throws MalformedPayload {
        return new Frame(
                received.toMicros(),
                BinanceDepth.decode(
                        new RawRecord(
                                BTC,
                                payload.getBytes(StandardCharsets.UTF_8),
                                stream,
                                "a",
                                received,
                                ExchangeTimeUnit.MILLISECONDS)));
    }

    /** A book that takes the recording in, and one that follows what it tells. */
    private static final class Reader {
        private final SynchronisedBook book =
                new SynchronisedBook(BTC, new BookSync(SyncSettings.DEFAULT));
        private final AdaptiveOrderBook follower = new AdaptiveOrderBook();
        private final NavigableMap<Long, DepthPicture> tickers = new TreeMap<>();
        private final List<Outcome> differences = new ArrayList<>();
        private final List<Effect> troubles = new ArrayList<>();
        private long snapshotId;
        private int compared;

        Reader(List<Frame> frames) {
            for (Frame frame : frames) {
                if (frame.message() instanceof DepthPicture picture) {
                    tickers.put(picture.updateId(), picture);
                }
            }
        }

        List<Finding> accept(Frame frame) {
            RecordSource source = new RecordSource(0, 0, frame.received());
            SyncStep step = book.accept(frame.message(), source, frame.received());
            for (Effect effect : step.effects()) {
                switch (effect) {
                    case Effect.Apply(DepthUpdate update, long previous, _) -> {
                        assertThat(previous).isEqualTo(follower.updateId());
                        follower.apply(update);
                        assertThat(follower.isCrossed()).isFalse();
                        compare();
                    }
                    case Effect.Replace(DepthSnapshot snapshot, _) -> {
                        follower.reset(snapshot);
                        snapshotId = snapshot.lastUpdateId();
                    }
                    case Effect.Recall _, Effect.Lose _, Effect.Mend _, Effect.Overflowed _ ->
                            troubles.add(effect);
                    // The recording's snapshot answers the first request; others are not needed.
                    case Effect.Request _, Effect.Covered _ -> {}
                }
            }
            return step.findings();
        }

        /** The newest ticker not newer than the book shows the best levels as of the book's id. */
        private void compare() {
            long id = follower.updateId();
            DepthPicture ticker = Objects.requireNonNull(tickers.floorEntry(id)).getValue();
            if (ticker.updateId() <= snapshotId) {
                return;
            }
            compared++;
            BookAudit audit = new BookAudit();
            audit.take(
                    new DepthPicture(BTC, ticker.source(), id, ticker.bids(), ticker.asks(), 1),
                    follower,
                    true);
            Outcome outcome = audit.takeFindings().getFirst().outcome();
            if (!(outcome instanceof Outcome.Equal)) {
                differences.add(outcome);
            }
        }
    }
}
