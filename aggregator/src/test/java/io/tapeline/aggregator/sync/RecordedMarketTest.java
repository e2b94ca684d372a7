package io.tapeline.aggregator.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.schemas.binance.BinanceDepth;
import io.tapeline.schemas.market.DepthMessage;
import io.tapeline.schemas.market.DepthSnapshot;
import io.tapeline.schemas.market.DepthUpdate;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.EpochNanos;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Levels;
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
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * Eleven recorded minutes of BTCUSDT, if the recording is there: the book that follows the diffs
 * against the exchange's own best bid and ask, by update id.
 */
class RecordedMarketTest {

    private static final Instrument BTC = Instrument.binance("BTCUSDT");
    private static final String DIFF = "{\"stream\":\"btcusdt@depth@100ms\",\"data\":";
    private static final String TICKER = "{\"stream\":\"btcusdt@bookTicker\",\"data\":";
    private static final String SNAPSHOT = "{\"lastUpdateId\":";
    private static final Pattern BEST =
            Pattern.compile(
                    "\"u\":(\\d+),\"s\":\"BTCUSDT\",\"b\":\"([^\"]+)\",\"B\":\"([^\"]+)\","
                            + "\"a\":\"([^\"]+)\",\"A\":\"([^\"]+)\"");

    /** The exchange's best levels as of an update id. */
    private record Best(long updateId, Levels bid, Levels ask) {}

    private final SynchronisedBook book =
            new SynchronisedBook(BTC, new BookSync(SyncSettings.DEFAULT));
    private final List<Best> newest = new ArrayList<>();
    private final List<Levels> differences = new ArrayList<>();
    private final List<Effect> troubles = new ArrayList<>();
    private long snapshotId;
    private int compared;
    private int diffs;

    static @Nullable Path recording() {
        String told = System.getenv("TAPELINE_DATA");
        Path data = told == null ? Path.of("..", "..", "shared", "data") : Path.of(told);
        Path folder = data.resolve("binance-spot-btcusdt");
        return Files.isDirectory(folder) ? folder : null;
    }

    static boolean isPresent() {
        return recording() != null;
    }

    @Test
    @EnabledIf(value = "isPresent", disabledReason = "the recording is not on this machine")
    void theBookIsTheExchangesAtEveryDiffButTheTwoThatNoOneCouldKnow() throws Exception {
        Path folder = Objects.requireNonNull(recording());
        play(folder.resolve("btcusdt_20240808.gz"));
        play(folder.resolve("btcusdt_20240809.gz"));

        assertThat(diffs).isEqualTo(6_495);
        assertThat(troubles).isEmpty();
        assertThat(compared).isEqualTo(6_493);
        // Both rested below the snapshot's lowest bid and were never announced until they went.
        assertThat(book.current().book().range().low()).isEqualTo(Price.of("61631.55"));
        assertThat(differences)
                .containsExactly(level("61565.1", "0.00076"), level("61556.11", "0.002"));
    }

    private void play(Path file) throws IOException, MalformedPayload {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(file)),
                                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int space = line.indexOf(' ');
                long nanos = Long.parseLong(line.substring(0, space));
                String text = line.substring(space + 1);
                if (text.startsWith(DIFF)) {
                    diffs++;
                    accept(
                            nanos,
                            text.substring(DIFF.length(), text.length() - 1),
                            "btcusdt@depth@100ms");
                    compare();
                } else if (text.startsWith(TICKER)) {
                    remember(text);
                } else if (text.startsWith(SNAPSHOT)) {
                    accept(nanos, text, "rest/depth?limit=1000");
                    // The first diff that is applied had to wait for it.
                    compare();
                }
            }
        }
    }

    private void accept(long nanos, String payload, String stream) throws MalformedPayload {
        DepthMessage message =
                BinanceDepth.decode(
                        new RawRecord(
                                BTC,
                                payload.getBytes(StandardCharsets.UTF_8),
                                stream,
                                "a",
                                new EpochNanos(nanos),
                                ExchangeTimeUnit.MILLISECONDS));
        EpochMicros received = new EpochNanos(nanos).toMicros();
        SyncStep step = book.accept(message, new RecordSource(0, diffs, received), received);
        if (message instanceof DepthSnapshot snapshot) {
            snapshotId = snapshot.lastUpdateId();
        }
        for (Effect effect : step.effects()) {
            if (effect instanceof Effect.Lose || effect instanceof Effect.Overflowed) {
                troubles.add(effect);
            }
        }
        if (message instanceof DepthUpdate && book.current().book().isCrossed()) {
            throw new AssertionError("crossed at update " + book.current().book().updateId());
        }
    }

    private void remember(String text) {
        Matcher best = BEST.matcher(text);
        assertThat(best.find()).isTrue();
        newest.add(
                new Best(
                        Long.parseLong(best.group(1)),
                        level(best.group(2), best.group(3)),
                        level(best.group(4), best.group(5))));
    }

    private static Levels level(String price, String quantity) {
        return Levels.of(List.of(Price.of(price)), List.of(Quantity.of(quantity)));
    }

    /** With the newest ticker that is newer than the snapshot and not newer than the book. */
    private void compare() {
        if (!(book.current().state() instanceof SyncState.Live live)) {
            return;
        }
        Best known = null;
        for (int i = newest.size() - 1; i >= 0 && known == null; i--) {
            if (newest.get(i).updateId() <= live.updateId()) {
                known = newest.get(i);
                newest.subList(0, i).clear();
            }
        }
        if (known == null || known.updateId() <= snapshotId) {
            return;
        }
        compared++;
        Levels bid = book.current().book().top(Side.BID, 1);
        Levels ask = book.current().book().top(Side.ASK, 1);
        if (!bid.equals(known.bid()) || !ask.equals(known.ask())) {
            assertThat(ask).isEqualTo(known.ask());
            differences.add(known.bid());
        }
    }
}
