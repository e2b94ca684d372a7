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
import io.tapeline.query.Tape;
import io.tapeline.query.history.Minutes;
import io.tapeline.query.history.clickhouse.TlsFront;
import io.tapeline.query.routing.FakeAggregator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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
    void candlesGetToAHistoryOverTlsAndNoneIsLostWhereItIsRefused(
            KafkaCluster cluster, ClickHouseServer server) throws Exception {
        TestCertificate shown = TestCertificate.ofLoopback(directory.resolve("shown"));
        TestCertificate other = TestCertificate.ofLoopback(directory.resolve("other"));
        TestCertificate elsewhere =
                TestCertificate.of("dns:elsewhere.example", directory.resolve("elsewhere"));
        String database = server.uniqueDatabase();
        try (Tape tape = new Tape(cluster);
                FakeAggregator aggregator = new FakeAggregator().ownsAll(Tape.PARTITIONS);
                TlsFront front = new TlsFront(server, shown, PASSWORD);
                TlsFront impostor = new TlsFront(server, elsewhere, PASSWORD)) {
            send(tape, 31, 60);
            for (Refused refused :
                    List.of(
                            new Refused(front, other, PASSWORD, "PKIX path building failed"),
                            new Refused(
                                    impostor,
                                    elsewhere,
                                    PASSWORD,
                                    "doesn't match any of the subject alternative names"),
                            new Refused(front, shown, "guessed", "AUTHENTICATION_FAILED"))) {
                try (Api api = start(tape, aggregator, database, refused)) {
                    Await.until(
                            refused.why(),
                            () -> api.get("/v1/status").body().contains(refused.why()));
                    assertThat(api.get("/v1/status").body()).contains("\"state\":\"WAITING\"");
                    assertThat(api.manage("/actuator/health").body()).contains(refused.why());
                }
            }
            try (Api api =
                    start(tape, aggregator, database, new Refused(front, shown, PASSWORD, ""))) {
                Await.until("all are in the history", () -> holds(api, 60));
                assertThat(api.get("/v1/klines/binance/BTCUSDT?interval=1h&limit=5").body())
                        .contains("\"openTime\":\"2024-08-08T00:00:00Z\"")
                        .contains("\"origin\":\"history\"");
                front.expect("changed");
                send(tape, 32, 30);
                Await.until(
                        "it is told that the password is wrong now",
                        () ->
                                api.get("/v1/status").body().contains("\"state\":\"FAILING\"")
                                        && api.get("/v1/status")
                                                .body()
                                                .contains("AUTHENTICATION_FAILED"));
                front.expect(PASSWORD);
                Await.until("nothing was lost", () -> holds(api, 90));
                assertThat(api.get("/v1/status").body()).doesNotContain(PASSWORD);
            }
        }
    }

    @Test
    void aFileOfCertificatesThatIsNotThereIsToldAtTheStart() {
        assertThatThrownBy(() ->
                        Api.with(
                                directory,
                                List.of(
                                        "--tapeline.clickhouse.url=https://127.0.0.1:1",
                                        "--tapeline.clickhouse.ca-file=/nosuch.pem")))
                .hasStackTraceContaining(
                        "tapeline.clickhouse.ca-file: \"/nosuch.pem\" is no file that can be read");
    }

    /**
     * @param trusted by the service
     * @param password that the service says
     * @param why it is told; empty where it is not refused
     */
    private record Refused(TlsFront front, TestCertificate trusted, String password, String why) {}

    /** Minutes of as many as said, of an instrument of their own day. */
    private static void send(Tape tape, int seed, int minutes) {
        String day = "2024-08-" + (seed == 31 ? "08" : "09") + "T00:00:00Z";
        Minutes.random(new Random(seed), Minutes.BTC, Minutes.at(day), minutes)
                .forEach(candle -> tape.send(tape.topics().klines(), Minutes.BTC, candle));
        tape.commit();
    }

    private static boolean holds(Api api, int candles) {
        return api.get("/v1/status").body().contains("\"candles\":" + candles);
    }

    private Api start(Tape tape, FakeAggregator aggregator, String database, Refused told) {
        List<String> settings = new ArrayList<>(tape.settings());
        settings.add("--tapeline.aggregator.urls=" + aggregator.url());
        settings.add("--tapeline.clickhouse.url=" + told.front().url());
        settings.add("--tapeline.clickhouse.ca-file=" + told.trusted().pem());
        settings.add("--tapeline.clickhouse.user=" + told.front().user());
        settings.add("--tapeline.clickhouse.password=" + told.password());
        settings.add("--tapeline.clickhouse.database=" + database);
        return Api.with(directory, settings);
    }
}
