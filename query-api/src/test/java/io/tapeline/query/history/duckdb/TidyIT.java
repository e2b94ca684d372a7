package io.tapeline.query.history.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.query.history.CandleQuestion;
import io.tapeline.query.history.HistoryBatch;
import io.tapeline.query.history.Minutes;
import io.tapeline.query.history.Order;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Minutes come with all instruments mixed; they end up where reading one instrument is fast. */
final class TidyIT {

    private static final EpochMicros START = Minutes.at("2024-08-08T00:00:00Z");

    @TempDir private Path directory;

    @Test
    void aDayThatCameMinuteByMinuteIsPutInOrderAndAnswersTheSame() throws Exception {
        int instruments = 250;
        int minutes = 1_000;
        Random random = new Random(11);
        List<List<Candle>> each = new ArrayList<>();
        for (int i = 0; i < instruments; i++) {
            each.add(Minutes.random(random, Instrument.binance("S" + i + "USDT"), START, minutes));
        }
        try (DuckDbHistoryStore store = DuckDbHistoryStore.open(directory, "256MB")) {
            for (int minute = 0; minute < minutes; minute += 25) {
                int from = minute;
                List<Candle> batch = new ArrayList<>();
                for (int m = from; m < from + 25; m++) {
                    for (List<Candle> one : each) {
                        batch.add(one.get(m));
                    }
                }
                store.write(new HistoryBatch(batch, List.of(), List.of(), List.of()));
            }
            for (int i = 0; i < instruments; i += 50) {
                assertThat(
                                store.candles(
                                        new CandleQuestion(
                                                Instrument.binance("S" + i + "USDT"),
                                                Interval.ONE_MINUTE,
                                                new EpochMicros(0),
                                                Minutes.at("2100-01-01T00:00:00Z"),
                                                Order.OLDEST_FIRST,
                                                5_000)))
                        .isEqualTo(Minutes.rollUp(each.get(i), Interval.ONE_MINUTE));
            }
        }
        try (var connection =
                        DriverManager.getConnection(
                                "jdbc:duckdb:" + directory.resolve("history.duckdb"));
                var statement = connection.createStatement();
                var row =
                        statement.executeQuery(
                                "SELECT held, unsorted, (SELECT count(*) FROM candles),"
                                        + " (SELECT count(*) FROM (SELECT instrument_id <>"
                                        + " lag(instrument_id) OVER (ORDER BY rowid) AS other FROM"
                                        + " candles) WHERE other) FROM layout")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getLong(1)).isEqualTo(250_000);
            assertThat(row.getLong(2)).isLessThan(10_000);
            assertThat(row.getLong(3)).isEqualTo(250_000);
            assertThat(row.getLong(4))
                    .as("changes of instrument along the table")
                    .isLessThan(15_000);
        }
    }
}
