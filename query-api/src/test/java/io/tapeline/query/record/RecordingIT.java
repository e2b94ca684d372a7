package io.tapeline.query.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tapeline.kafka.test.KafkaCluster;
import io.tapeline.kafka.test.KafkaTest;
import io.tapeline.query.Await;
import io.tapeline.query.Tape;
import io.tapeline.query.consume.Readers;
import io.tapeline.query.history.CandleQuestion;
import io.tapeline.query.history.HistoryStore;
import io.tapeline.query.history.Minutes;
import io.tapeline.query.history.Order;
import io.tapeline.query.history.Position;
import io.tapeline.query.history.duckdb.DuckDbHistoryStore;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import io.tapeline.schemas.proto.DeadLetter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clean topics into the history, whatever happens in between. */
@KafkaTest
final class RecordingIT {

    private static final EpochMicros START = Minutes.at("2024-08-08T00:00:00Z");
    private static final int INSTRUMENTS = 8;
    private static final int MINUTES = 600;

    /** Small batches: many chances to be killed between them. */
    private static final int BATCH = 50;

    @TempDir private Path directory;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final Map<Instrument, List<Candle>> sent = new HashMap<>();

    /** Time-major, with updates before the close, repetitions, and transactions that are undone. */
    private void produce(Tape tape) {
        for (int i = 0; i < INSTRUMENTS; i++) {
            Instrument instrument = Instrument.binance("S" + i + "USDT");
            sent.put(instrument, Minutes.random(random, instrument, START, MINUTES));
        }
        for (int minute = 0; minute < MINUTES; minute++) {
            for (Map.Entry<Instrument, List<Candle>> one : sent.entrySet()) {
                Candle candle = one.getValue().get(minute);
                if (random.nextInt(5) == 0) {
                    tape.send(
                            tape.topics().klines(),
                            one.getKey(),
                            Minutes.minute(
                                    one.getKey(),
                                    candle.openTime(),
                                    "1",
                                    "1",
                                    "1",
                                    "1",
                                    "1",
                                    false));
                }
                tape.send(tape.topics().klines(), one.getKey(), candle);
                if (random.nextInt(20) == 0) {
                    tape.send(tape.topics().klines(), one.getKey(), candle);
                }
            }
            if (minute % 50 == 0) {
                tape.commit();
                tape.send(
                        tape.topics().klines(),
                        Instrument.binance("UNDONE"),
                        Minutes.minute(
                                Instrument.binance("UNDONE"), START, "1", "1", "1", "1", "1"));
                tape.abort();
            }
        }
        tape.commit();
    }

    private void assertAllIsThereOnce(HistoryStore store) {
        sent.forEach((instrument, minutes) ->
                assertThat(
                                store.candles(
                                        new CandleQuestion(
                                                instrument,
                                                Interval.ONE_MINUTE,
                                                new EpochMicros(0),
                                                Minutes.at("2100-01-01T00:00:00Z"),
                                                Order.OLDEST_FIRST,
                                                5_000)))
                        .as("%s, seed %d", instrument, seed)
                        .isEqualTo(Minutes.rollUp(minutes, Interval.ONE_MINUTE)));
        assertThat(
                        store.candles(
                                new CandleQuestion(
                                        Instrument.binance("UNDONE"),
                                        Interval.ONE_MINUTE,
                                        new EpochMicros(0),
                                        Minutes.at("2100-01-01T00:00:00Z"),
                                        Order.OLDEST_FIRST,
                                        10)))
                .as("of a transaction that was undone, seed %d", seed)
                .isEmpty();
    }

    /** Sum over klines' partitions of the last recorded offset: only ever grows. */
    private static long recorded(HistoryStore store, Tape tape) {
        return store.positions().stream()
                .filter(position -> position.topic().equals(tape.topics().klines().name()))
                .mapToLong(Position::nextOffset)
                .sum();
    }

    private boolean complete(HistoryStore store) {
        return sent.entrySet().stream()
                .allMatch(one ->
                        store.candles(
                                                new CandleQuestion(
                                                        one.getKey(),
                                                        Interval.ONE_MINUTE,
                                                        new EpochMicros(0),
                                                        Minutes.at("2100-01-01T00:00:00Z"),
                                                        Order.OLDEST_FIRST,
                                                        5_000))
                                        .size()
                                == MINUTES);
    }

    @Test
    void aStoreThatFailsNowAndThenLosesNothingAndDoublesNothing(KafkaCluster cluster)
            throws InterruptedException {
        try (Tape tape = new Tape(cluster);
                HistoryStore store = DuckDbHistoryStore.open(directory, "128MB")) {
            produce(tape);
            RecordingCounts counts = new RecordingCounts();
            try (Readers readers =
                    RecorderProcess.readers(
                            tape.bootstrap(),
                            tape.prefix(),
                            Tape.PARTITIONS,
                            BATCH,
                            new FailingStore(store, random),
                            counts)) {
                readers.start();
                Await.until("all candles recorded, seed " + seed, () -> complete(store));
                Await.until("the last batch is through", () -> counts.trouble() == null);
            }
            assertAllIsThereOnce(store);
            assertThat(counts.failures()).as("seed %d", seed).isPositive();
        }
    }

    @Test
    void killedAtAnyPointItGoesOnWhereTheHistoryEnds(KafkaCluster cluster) throws Exception {
        try (Tape tape = new Tape(cluster)) {
            produce(tape);
            for (int kill = 0; kill < 3; kill++) {
                killAfterProgress(tape);
            }
            try (HistoryStore store = DuckDbHistoryStore.open(directory, "128MB")) {
                assertThat(recorded(store, tape)).as("before the last start").isPositive();
                try (Readers readers =
                        RecorderProcess.readers(
                                tape.bootstrap(),
                                tape.prefix(),
                                Tape.PARTITIONS,
                                BATCH,
                                store,
                                new RecordingCounts())) {
                    readers.start();
                    Await.until("all candles recorded, seed " + seed, () -> complete(store));
                }
                assertAllIsThereOnce(store);
            }
        }
    }

    private void killAfterProgress(Tape tape) throws IOException, InterruptedException {
        Process process =
                RecorderProcess.start(
                        tape.bootstrap(),
                        tape.prefix(),
                        Tape.PARTITIONS,
                        BATCH,
                        "duckdb",
                        directory.toString());
        try {
            assertThat(RecorderProcess.awaitFirstBatch(process))
                    .as("the process recorded, seed %d", seed)
                    .isTrue();
            var _ = process.waitFor(random.nextInt(250), TimeUnit.MILLISECONDS);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void whatCannotBeUnderstoodOrHeldGoesToTheDeadLettersAndTheRestGoesOn(KafkaCluster cluster)
            throws InterruptedException, InvalidProtocolBufferException {
        try (Tape tape = new Tape(cluster);
                HistoryStore store = DuckDbHistoryStore.open(directory, "128MB")) {
            Instrument bad = Instrument.binance("BADUSDT");
            tape.sendBytes(tape.topics().klines(), bad, new byte[] {1, 2, 3});
            tape.sendBytes(tape.topics().klines(), bad, ofALaterVersion(tape, bad));
            tape.send(
                    tape.topics().klines(),
                    bad,
                    Minutes.minute(
                            bad,
                            START,
                            "99999999999999999999",
                            "99999999999999999999",
                            "0.0000000000000000000000001",
                            "1",
                            "1"));
            produce(tape);
            RecordingCounts counts = new RecordingCounts();
            try (Readers readers =
                    RecorderProcess.readers(
                            tape.bootstrap(),
                            tape.prefix(),
                            Tape.PARTITIONS,
                            BATCH,
                            store,
                            counts)) {
                readers.start();
                Await.until("all candles recorded, seed " + seed, () -> complete(store));
            }
            assertAllIsThereOnce(store);
            assertThat(counts.dead()).isEqualTo(3);
            assertThat(deadLetters(tape))
                    .extracting(DeadLetter::getReason)
                    .containsExactly(
                            "history: Candle: not a message of Protobuf",
                            "history: Candle: origin is missing or not known",
                            "history: its decimals need more than 38 digits at one scale");
        }
    }

    /** A candle whose origin is a value that this version's contract does not have. */
    private static byte[] ofALaterVersion(Tape tape, Instrument instrument)
            throws InvalidProtocolBufferException {
        byte[] known =
                tape.topics()
                        .klines()
                        .codec()
                        .encode(Minutes.minute(instrument, START, "2", "2", "1", "1", "1"));
        return io.tapeline.schemas.proto.Candle.parseFrom(known).toBuilder()
                .setOriginValue(9)
                .build()
                .toByteArray();
    }

    private static List<DeadLetter> deadLetters(Tape tape) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", tape.bootstrap()),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(tape.topics().deadLetters().name()).stream()
                            .map(info -> new TopicPartition(info.topic(), info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long end =
                    consumer.endOffsets(partitions).values().stream()
                            .mapToLong(Long::longValue)
                            .sum();
            List<DeadLetter> letters = new ArrayList<>();
            while (letters.size() < end) {
                consumer.poll(Duration.ofSeconds(5))
                        .forEach(kafka -> {
                            try {
                                letters.add(
                                        tape.topics().deadLetters().codec().decode(kafka.value()));
                            } catch (io.tapeline.schemas.wire.MalformedPayload e) {
                                throw new IllegalStateException(e);
                            }
                        });
            }
            return letters.stream()
                    .sorted((one, other) -> Long.compare(one.getOffset(), other.getOffset()))
                    .collect(Collectors.toList());
        }
    }
}
