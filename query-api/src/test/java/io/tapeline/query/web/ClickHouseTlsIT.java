package io.tapeline.query.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeline.clickhouse.test.ClickHouseServer;
import io.tapeline.clickhouse.test.ClickHouseTest;
import io.tapeline.kafka.test.KafkaCluster;
import io.tapeline.kafka.test.KafkaTest;
import io.tapeline.kafka.test.TestCertificate;
import io.tapeline.query.Api;
import io.tapeline.query.Await;
import io.tapeline.query.ClickHouseProperties;
import io.tapeline.query.Tape;
import io.tapeline.query.history.HistoryStore;
import io.tapeline.query.history.HistoryUnavailableException;
import io.tapeline.query.history.Keep;
import io.tapeline.query.history.Minutes;
import io.tapeline.query.history.clickhouse.ClickHouseHistoryStore;
import io.tapeline.query.history.clickhouse.TlsFront;
import io.tapeline.query.routing.FakeAggregator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A history that shows a certificate and asks who comes, as settings say. Whoever trusts another
 * certificate or says another password is told why, and what it could not write comes when it can.
 */
@KafkaTest
@ClickHouseTest
final class ClickHouseTlsIT {

    private static final String PASSWORD = "secret7";

    @TempDir private Path directory;

    @Test
    void candlesGetToAHistoryOverTlsAndNoneIsLostWhileItRefuses(
            KafkaCluster cluster, ClickHouseServer server) throws Exception {
        TestCertificate shown = TestCertificate.ofLoopback(directory.resolve("shown"));
        try (Tape tape = new Tape(cluster);
                FakeAggregator aggregator = new FakeAggregator().ownsAll(Tape.PARTITIONS);
                TlsFront front = new TlsFront(server, shown, "another")) {
            send(tape, 31, 60);
            try (Api api = start(tape, aggregator, server.uniqueDatabase(), front, shown)) {
                awaitRefusal(api, "WAITING");
                assertThat(api.manage("/actuator/health").body()).contains("AUTHENTICATION_FAILED");
                front.expect(PASSWORD);
                Await.until("all are in the history", () -> holds(api, 60));
                assertThat(api.get("/v1/klines/binance/BTCUSDT?interval=1h&limit=5").body())
                        .contains("\"openTime\":\"2024-08-08T00:00:00Z\"")
                        .contains("\"origin\":\"history\"");
                front.expect("changed");
                send(tape, 32, 30);
                awaitRefusal(api, "FAILING");
                front.expect(PASSWORD);
                Await.until("nothing was lost", () -> holds(api, 90));
                assertThat(api.get("/v1/status").body()).doesNotContain(PASSWORD);
            }
        }
    }

    private static void awaitRefusal(Api api, String state) {
        Await.until(
                state,
                () -> {
                    String status = api.get("/v1/status").body();
                    return status.contains("\"state\":\"" + state + "\"")
                            && status.contains("AUTHENTICATION_FAILED");
                });
    }

    @Test
    void aCertificateThatIsNotTrustedOrOfAnotherHostIsToldAsSuch(ClickHouseServer server)
            throws Exception {
        TestCertificate shown = TestCertificate.ofLoopback(directory.resolve("shown"));
        TestCertificate other = TestCertificate.ofLoopback(directory.resolve("other"));
        TestCertificate elsewhere =
                TestCertificate.of("dns:elsewhere.example", directory.resolve("elsewhere"));
        try (TlsFront front = new TlsFront(server, shown, PASSWORD);
                TlsFront impostor = new TlsFront(server, elsewhere, PASSWORD)) {
            assertRefused(front, other.pem(), "PKIX path building failed");
            assertRefused(front, null, "PKIX path building failed");
            assertRefused(
                    impostor,
                    elsewhere.pem(),
                    "doesn't match any of the subject alternative names");
        }
    }

    private static void assertRefused(TlsFront front, @Nullable Path trusted, String why) {
        ClickHouseProperties told =
                new ClickHouseProperties(
                        front.url().toString(),
                        front.user(),
                        PASSWORD,
                        "tapeline",
                        Duration.ofSeconds(30),
                        trusted);
        try (HistoryStore store =
                new ClickHouseHistoryStore(told.server(Keep.FOR_EVER).orElseThrow())) {
            assertThatThrownBy(store::positions)
                    .isInstanceOf(HistoryUnavailableException.class)
                    .hasMessageContaining("ClickHouse does not answer")
                    .hasMessageContaining(why);
        }
    }

    @Test
    void aFileOfCertificatesThatIsNotThereIsToldAtTheStart() {
        Path nowhere = directory.resolve("nosuch.pem");
        assertThatThrownBy(() ->
                        new ClickHouseProperties(
                                "https://127.0.0.1:1",
                                "tapeline",
                                PASSWORD,
                                "tapeline",
                                Duration.ofSeconds(30),
                                nowhere))
                .hasMessage(
                        "tapeline.clickhouse.ca-file: \""
                                + nowhere
                                + "\" is no file that can be read");
    }

    /** So many minutes of a day that the seed says. */
    private static void send(Tape tape, int seed, int minutes) {
        String day = "2024-08-" + (seed == 31 ? "08" : "09") + "T00:00:00Z";
        Minutes.random(new Random(seed), Minutes.BTC, Minutes.at(day), minutes)
                .forEach(candle -> tape.send(tape.topics().klines(), Minutes.BTC, candle));
        tape.commit();
    }

    private static boolean holds(Api api, int candles) {
        return api.get("/v1/status").body().contains("\"candles\":" + candles);
    }

    private Api start(
            Tape tape,
            FakeAggregator aggregator,
            String database,
            TlsFront front,
            TestCertificate trusted) {
        List<String> settings = new ArrayList<>(tape.settings());
        settings.add("--tapeline.aggregator.urls=" + aggregator.url());
        settings.add("--tapeline.clickhouse.url=" + front.url());
        settings.add("--tapeline.clickhouse.ca-file=" + trusted.pem());
        settings.add("--tapeline.clickhouse.user=" + front.user());
        settings.add("--tapeline.clickhouse.password=" + PASSWORD);
        settings.add("--tapeline.clickhouse.database=" + database);
        return Api.with(directory, settings);
    }
}
