package io.tapeline.query.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.clickhouse.test.ClickHouseServer;
import io.tapeline.clickhouse.test.ClickHouseTest;
import io.tapeline.kafka.test.KafkaCluster;
import io.tapeline.kafka.test.KafkaTest;
import io.tapeline.query.Await;
import io.tapeline.query.Tape;
import io.tapeline.query.consume.Readers;
import io.tapeline.query.history.clickhouse.ClickHouseHistoryStore;
import io.tapeline.query.history.clickhouse.ClickHouseSettings;
import io.tapeline.query.history.clickhouse.Databases;
import io.tapeline.query.history.clickhouse.FaultyFront;
import io.tapeline.query.history.clickhouse.HeldCandles;
import io.tapeline.query.web.RecordingState;
import io.tapeline.schemas.market.Instrument;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A server that is full, may not be written, loses its answers, or is away. */
@KafkaTest
@ClickHouseTest
final class TroubledServerIT {

    private static final KnownCandles KNOWN = new KnownCandles(10, 500);

    private static void records(
            KafkaCluster cluster, ClickHouseServer server, FaultyFront.Fate fate, String why)
            throws Exception {
        ClickHouseSettings direct = Databases.fresh(server);
        RecordingCounts counts = new RecordingCounts();
        try (Tape tape = new Tape(cluster);
                FaultyFront front = new FaultyFront(server.url());
                ClickHouseHistoryStore store =
                        new ClickHouseHistoryStore(Databases.at(front.url(), direct))) {
            // A record that cannot be understood goes to the dead letters meanwhile.
            tape.sendBytes(
                    tape.topics().klines(), Instrument.binance("BADUSDT"), new byte[] {1, 2, 3});
            KNOWN.sendTo(tape);
            try (Readers readers =
                    RecorderProcess.readers(
                            tape.bootstrap(), tape.prefix(), Tape.PARTITIONS, 500, store, counts)) {
                front.set(fate);
                readers.start();
                Await.until("trouble is told", () -> counts.failures() > 0);
                RecordingState state = RecordingState.of(readers, counts);
                assertThat(List.of(state.state(), state.isWell()))
                        .isEqualTo(List.of("FAILING", false));
                assertThat(state.why()).contains(why);
                front.set(new FaultyFront.Fate.Well());
                Await.until("all candles", () -> counts.candles() >= KNOWN.count());
                Await.until("no trouble", () -> counts.trouble() == null);
                assertThat(RecordingState.of(readers, counts).state()).isEqualTo("RECORDING");
            }
            assertThat(counts.dead()).isEqualTo(1);
            assertThat(HeldCandles.seen(direct)).isEqualTo(KNOWN.sums());
            KNOWN.assertIsHeldBy(store, 0, 7);
        }
    }

    @Test
    void aFullDiskIsToldAndNothingIsLostOrDoubled(KafkaCluster cluster, ClickHouseServer server)
            throws Exception {
        records(
                cluster,
                server,
                new FaultyFront.Fate.Refused(243, "Cannot reserve 1.00 MiB (NOT_ENOUGH_SPACE)"),
                "NOT_ENOUGH_SPACE");
    }

    @Test
    void aServerThatMayOnlyBeReadIsToldAndNothingIsLostOrDoubled(
            KafkaCluster cluster, ClickHouseServer server) throws Exception {
        records(
                cluster,
                server,
                new FaultyFront.Fate.Refused(164, "Cannot execute query in readonly (READONLY)"),
                "READONLY");
    }

    @Test
    void answersThatAreLostAreToldAndNothingIsDoubled(KafkaCluster cluster, ClickHouseServer server)
            throws Exception {
        records(cluster, server, new FaultyFront.Fate.AnswerLost(), "ClickHouse does not answer");
    }

    @Test
    void aServerThatIsAwayIsToldAndNothingIsLost(KafkaCluster cluster, ClickHouseServer server)
            throws Exception {
        records(cluster, server, new FaultyFront.Fate.Away(), "ClickHouse does not answer");
    }
}
