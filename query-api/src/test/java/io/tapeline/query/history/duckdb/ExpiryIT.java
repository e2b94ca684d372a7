package io.tapeline.query.history.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.query.history.CandlePart;
import io.tapeline.query.history.CandleQuestion;
import io.tapeline.query.history.HistoryBatch;
import io.tapeline.query.history.HistoryStore;
import io.tapeline.query.history.Keep;
import io.tapeline.query.history.Minutes;
import io.tapeline.query.history.Order;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpiryIT {

    private static final Instrument BTC = Instrument.binance("BTCUSDT");

    @TempDir private Path directory;

    @Test
    void wholeDaysBeyondTheAgeAreDeletedAndNothingElse() {
        List<Candle> candles =
                Minutes.random(new Random(7), BTC, Minutes.at("2026-03-01T12:00:00Z"), 3 * 24 * 60);
        try (HistoryStore store = DuckDbHistoryStore.open(directory, "128MB")) {
            write(store, candles);
            assertThat(held(store)).hasSize(candles.size());
        }
        Keep aDay = new Keep(Duration.ofDays(1), Duration.ZERO, Duration.ZERO);
        Clock now = Clock.fixed(Instant.parse("2026-03-04T06:00:00Z"), ZoneOffset.UTC);
        try (HistoryStore store = DuckDbHistoryStore.open(directory, "128MB", aDay, now)) {
            write(store, candles.subList(candles.size() - 1, candles.size()));
            assertThat(held(store))
                    .isEqualTo(
                            Minutes.rollUp(
                                    candles.stream()
                                            .filter(candle ->
                                                    candle.openTime().value()
                                                            >= Minutes.at("2026-03-03T00:00:00Z")
                                                                    .value())
                                            .toList(),
                                    Interval.ONE_MINUTE));
        }
    }

    private static void write(HistoryStore store, List<Candle> candles) {
        store.write(new HistoryBatch(candles, List.of(), List.of(), List.of()));
    }

    private static List<CandlePart> held(HistoryStore store) {
        return store.candles(
                new CandleQuestion(
                        BTC,
                        Interval.ONE_MINUTE,
                        new EpochMicros(0),
                        Minutes.at("2100-01-01T00:00:00Z"),
                        Order.OLDEST_FIRST,
                        5_000));
    }
}
