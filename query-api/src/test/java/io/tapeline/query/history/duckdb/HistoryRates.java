package io.tapeline.query.history.duckdb;

import io.tapeline.query.history.CandleQuestion;
import io.tapeline.query.history.HistoryBatch;
import io.tapeline.query.history.Minutes;
import io.tapeline.query.history.Order;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * How fast candles are written as they come, minute by minute, and one instrument is read
 * meanwhile. Run by hand; figures in docs/decisions/history-duckdb.md.
 */
final class HistoryRates {

    private static final EpochMicros START = Minutes.at("2024-08-08T00:00:00Z");
    private static final int INSTRUMENTS = 500;
    private static final int MINUTES = 1_440;
    private static final int BATCH_MINUTES = 20;

    private HistoryRates() {}

    public static void main(String[] args) throws IOException {
        Path directory = Files.createTempDirectory("history-rates");
        Random random = new Random(1);
        long writingNanos = 0;
        long written = 0;
        try (DuckDbHistoryStore store = DuckDbHistoryStore.open(directory, "512MB")) {
            for (int minute = 0; minute < MINUTES; minute += BATCH_MINUTES) {
                List<Candle> batch = new ArrayList<>();
                for (int i = 0; i < INSTRUMENTS; i++) {
                    batch.addAll(
                            Minutes.random(
                                    random,
                                    Instrument.binance("S" + i + "USDT"),
                                    Minutes.plusMinutes(START, minute),
                                    BATCH_MINUTES));
                }
                batch.sort((one, other) -> one.openTime().compareTo(other.openTime()));
                long begin = System.nanoTime();
                store.write(new HistoryBatch(batch, List.of(), List.of(), List.of()));
                writingNanos += System.nanoTime() - begin;
                written += batch.size();
            }
            System.out.printf(
                    "written %d candles, %d a second%n",
                    written, written * 1_000_000_000L / writingNanos);
            for (Interval interval : List.of(Interval.ONE_MINUTE, Interval.ONE_HOUR)) {
                long best = Long.MAX_VALUE;
                int rows = 0;
                for (int i = 0; i < 20; i++) {
                    long begin = System.nanoTime();
                    rows =
                            store.candles(
                                            new CandleQuestion(
                                                    Instrument.binance("S" + i * 7 + "USDT"),
                                                    interval,
                                                    new EpochMicros(0),
                                                    Minutes.at("2100-01-01T00:00:00Z"),
                                                    Order.NEWEST_FIRST,
                                                    1_440))
                                    .size();
                    best = Math.min(best, System.nanoTime() - begin);
                }
                System.out.printf(
                        "a day as %s: %d candles, %d us%n", interval.id(), rows, best / 1_000);
            }
        }
        long bytes = Files.size(directory.resolve("history.duckdb"));
        System.out.printf("%d bytes, %d a candle%n", bytes, bytes / written);
    }
}
