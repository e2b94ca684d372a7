package io.tapeline.query.history.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeline.clickhouse.test.ClickHouseServer;
import io.tapeline.clickhouse.test.ClickHouseTest;
import io.tapeline.query.history.HistoryBatch;
import io.tapeline.query.history.HistoryUnavailableException;
import io.tapeline.query.history.Keep;
import io.tapeline.query.history.Minutes;
import io.tapeline.query.history.Position;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables, whoever comes first and however often. */
@ClickHouseTest
final class SchemaIT {

    private final ClickHouseServer server;

    SchemaIT(ClickHouseServer server) {
        this.server = server;
    }

    @Test
    void severalThatStartAtOnceBringUpOneSchema() throws Exception {
        ClickHouseSettings settings = Databases.fresh(server);
        try (ExecutorService starters = Executors.newFixedThreadPool(4)) {
            List<Callable<List<Position>>> starts = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                starts.add(() -> {
                    try (ClickHouseHistoryStore store = new ClickHouseHistoryStore(settings)) {
                        return store.positions();
                    }
                });
            }
            for (Future<List<Position>> each : starters.invokeAll(starts)) {
                assertThat(each.get()).isEmpty();
            }
        }
    }

    @Test
    void aDatabaseOfANewerProgramIsRefused() {
        ClickHouseSettings settings = Databases.fresh(server);
        try (Session session = new Session(settings);
                ClickHouseHistoryStore store = new ClickHouseHistoryStore(settings)) {
            Migrations.apply(session);
            session.command("INSERT INTO migrations (step, digest) VALUES (9999, '')");
            assertThatThrownBy(store::positions)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("9999");
        }
    }

    @Test
    void agesOfTheSettingsAreAgesOfTheTablesAndMayChange() {
        ClickHouseSettings fresh = Databases.fresh(server);
        Duration month = Duration.ofDays(30);
        assertThat(ttl(with(fresh, new Keep(month, month, month))))
                .isEqualTo(List.of("30", "30", "30"));
        assertThat(ttl(with(fresh, new Keep(Duration.ZERO, Duration.ofDays(7), month))))
                .isEqualTo(List.of("", "7", "30"));
        assertThat(ttl(with(fresh, Keep.FOR_EVER))).isEqualTo(List.of("", "", ""));
    }

    private static ClickHouseSettings with(ClickHouseSettings settings, Keep keep) {
        return new ClickHouseSettings(
                settings.url(),
                settings.user(),
                settings.password(),
                settings.database(),
                settings.timeout(),
                keep);
    }

    private static List<String> ttl(ClickHouseSettings settings) {
        try (ClickHouseHistoryStore store = new ClickHouseHistoryStore(settings);
                Session session = new Session(settings)) {
            var _ = store.positions();
            List<String> days = new ArrayList<>();
            for (String table : List.of("candles", "prices", "tickers")) {
                days.addAll(Retention.held(session, table));
            }
            return days;
        }
    }

    /** The second number is of several pieces. */
    @ParameterizedTest
    @ValueSource(ints = {10, 2 * CandlePieces.PIECE + 10_000})
    void aTokenThatWasWrittenBeforeIsNotWrittenAgain(int candles) {
        ClickHouseSettings settings = Databases.fresh(server);
        try (ClickHouseHistoryStore store = new ClickHouseHistoryStore(settings);
                Session session = new Session(settings)) {
            HistoryBatch batch =
                    new HistoryBatch(
                            Minutes.random(
                                    new Random(1),
                                    Minutes.BTC,
                                    Minutes.at("2024-08-08T00:00:00Z"),
                                    candles),
                            List.of(),
                            List.of(),
                            List.of(),
                            List.of(),
                            List.of(),
                            "klines:id/0@0-10");
            store.write(batch);
            store.write(batch);
            assertThat(
                            session.query(
                                    "SELECT toInt64(count()) FROM candles",
                                    Map.of(),
                                    row -> row.getLong(1)))
                    .as("rows before any merge")
                    .isEqualTo(List.of((long) candles));
        }
    }

    @Test
    void aServerThatIsNotThereIsUnavailableAndNoMore() {
        ClickHouseSettings nowhere =
                new ClickHouseSettings(
                        URI.create("http://127.0.0.1:1"),
                        "default",
                        "",
                        "nowhere",
                        Duration.ofSeconds(2),
                        Keep.FOR_EVER);
        try (ClickHouseHistoryStore store = new ClickHouseHistoryStore(nowhere)) {
            assertThatThrownBy(store::positions)
                    .isInstanceOf(HistoryUnavailableException.class)
                    .hasMessageStartingWith("history: ClickHouse does not answer");
        }
    }
}
