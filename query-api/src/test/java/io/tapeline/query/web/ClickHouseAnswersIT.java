package io.tapeline.query.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.clickhouse.test.ClickHouseServer;
import io.tapeline.clickhouse.test.ClickHouseTest;
import io.tapeline.kafka.test.KafkaCluster;
import io.tapeline.kafka.test.KafkaTest;
import io.tapeline.query.Api;
import io.tapeline.query.Await;
import io.tapeline.query.Tape;
import io.tapeline.query.history.Minutes;
import io.tapeline.query.routing.FakeAggregator;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.proto.InstrumentInfo;
import io.tapeline.schemas.proto.InstrumentStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API with its history in ClickHouse, as settings say. */
@KafkaTest
@ClickHouseTest
final class ClickHouseAnswersIT {

    @TempDir private Path directory;

    private Api start(Tape tape, FakeAggregator aggregator, String... clickHouse) {
        List<String> settings = new ArrayList<>(tape.settings());
        settings.add("--tapeline.aggregator.urls=" + aggregator.url());
        settings.addAll(List.of(clickHouse));
        return Api.with(directory, settings);
    }

    @Test
    void candlesAreRecordedAndAnswered(KafkaCluster cluster, ClickHouseServer server)
            throws Exception {
        try (Tape tape = new Tape(cluster);
                FakeAggregator aggregator = new FakeAggregator().ownsAll(Tape.PARTITIONS);
                Api api =
                        start(
                                tape,
                                aggregator,
                                "--tapeline.clickhouse.url=" + server.url(),
                                "--tapeline.clickhouse.user=" + server.user(),
                                "--tapeline.clickhouse.password=" + server.password(),
                                "--tapeline.clickhouse.database=" + server.uniqueDatabase(),
                                "--tapeline.history.keep-candles=3650d")) {
            List<Candle> minutes =
                    Minutes.random(
                            new Random(31), Minutes.BTC, Minutes.at("2024-08-08T00:00:00Z"), 60);
            minutes.forEach(candle -> tape.send(tape.topics().klines(), Minutes.BTC, candle));
            tape.commit();
            Await.until(
                    "all are in the history",
                    () -> api.get("/v1/status").body().contains("\"candles\":60"));

            assertThat(api.get("/v1/klines/binance/BTCUSDT?interval=1h&limit=5").body())
                    .contains("\"openTime\":\"2024-08-08T00:00:00Z\"", "\"origin\":\"history\"");
            assertThat(Files.exists(directory.resolve("history"))).as("DuckDB's folder").isFalse();
        }
    }

    @Test
    void aServerThatIsAwayKeepsNothingElseWaiting(KafkaCluster cluster) throws Exception {
        try (Tape tape = new Tape(cluster);
                FakeAggregator aggregator = new FakeAggregator().ownsAll(Tape.PARTITIONS);
                Api api = start(tape, aggregator, "--tapeline.clickhouse.url=http://127.0.0.1:1")) {
            tape.send(
                    tape.topics().instruments(),
                    Minutes.BTC,
                    InstrumentInfo.newBuilder()
                            .setInstrument(Minutes.BTC.id())
                            .setStatus(InstrumentStatus.INSTRUMENT_STATUS_TRADING)
                            .build());
            tape.commit();
            Await.until(
                    "the registry is read",
                    () -> api.get("/v1/instruments").body().contains("BTCUSDT"));
            assertThat(api.get("/v1/status").body())
                    .contains("\"state\":\"WAITING\"", "ClickHouse does not answer");
        }
    }
}
