package io.tapeline.query.record;

import com.google.protobuf.ByteString;
import io.tapeline.query.history.HistoryBatch;
import io.tapeline.query.history.HistoryStore;
import io.tapeline.query.history.HistoryUnavailableException;
import io.tapeline.query.history.Position;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.proto.DeadLetter;
import io.tapeline.schemas.proto.Gap;
import io.tapeline.schemas.topic.Topics;
import io.tapeline.schemas.wire.MalformedPayload;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Batches of the clean topics into the history: rows and positions in one write, so that whatever
 * happens in between, each record is in the history once. What cannot be decoded or held goes to
 * the dead letters before the write; after a crash in between it goes there again.
 */
public final class Recorder {

    private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);

    /** Sends dead letters, and returns when the broker has them. */
    @FunctionalInterface
    public interface DeadLetters {
        void send(List<DeadLetter> letters) throws InterruptedException;
    }

    private final HistoryStore store;
    private final Topics topics;
    private final Map<String, String> topicIds;
    private final DeadLetters deadLetters;
    private final RecordingCounts counts;
    private final Clock clock;

    public Recorder(
            HistoryStore store,
            Topics topics,
            Map<String, String> topicIds,
            DeadLetters deadLetters,
            RecordingCounts counts,
            Clock clock) {
        this.store = store;
        this.topics = topics;
        this.topicIds = topicIds;
        this.deadLetters = deadLetters;
        this.counts = counts;
        this.clock = clock;
    }

    /**
     * Records in the order of their partitions.
     *
     * @throws HistoryUnavailableException if nothing of it was written; the same batch may come
     *     again
     */
    public void handle(List<ConsumerRecord<byte[], byte[]>> records) throws InterruptedException {
        Sorted sorted = new Sorted();
        records.forEach(sorted::add);
        try {
            if (!sorted.dead.isEmpty()) {
                deadLetters.send(sorted.dead);
            }
            store.write(
                    new HistoryBatch(
                            sorted.candles,
                            sorted.prices,
                            sorted.gaps,
                            List.copyOf(sorted.positions.values())));
        } catch (RuntimeException e) {
            counts.failed(Instant.now(clock), String.valueOf(e.getMessage()));
            LOG.atWarn()
                    .setCause(e)
                    .addKeyValue("records", records.size())
                    .log("recording: a batch was not written, it will be tried again");
            throw e;
        }
        counts.wrote(
                sorted.candles.size(),
                sorted.prices.size(),
                sorted.gaps.size(),
                sorted.open,
                sorted.dead.size());
    }

    /** What a batch holds, by kind. */
    private final class Sorted {
        private final List<Candle> candles = new ArrayList<>();
        private final List<LatestPrice> prices = new ArrayList<>();
        private final List<Gap> gaps = new ArrayList<>();
        private final List<DeadLetter> dead = new ArrayList<>();
        private final Map<String, Position> positions = new LinkedHashMap<>();
        private long open;

        void add(ConsumerRecord<byte[], byte[]> kafka) {
            positions.put(
                    kafka.topic() + "/" + kafka.partition(),
                    new Position(
                            kafka.topic(),
                            topicIds.getOrDefault(kafka.topic(), ""),
                            kafka.partition(),
                            kafka.offset() + 1));
            byte[] value = kafka.value();
            // A tombstone of a compacted topic says that there is no latest price, not that there
            // was none.
            if (value == null) {
                return;
            }
            try {
                decode(kafka.topic(), value).ifPresent(reason -> bury(kafka, value, reason));
            } catch (MalformedPayload | IllegalArgumentException e) {
                bury(kafka, value, String.valueOf(e.getMessage()));
            }
        }

        /** The reason why the value cannot be held, if it cannot. */
        private Optional<String> decode(String topic, byte[] value) throws MalformedPayload {
            if (topic.equals(topics.klines().name())) {
                return candle(topics.klines().codec().decode(value));
            }
            if (topic.equals(topics.prices().name())) {
                LatestPrice price = topics.prices().codec().decode(value);
                Optional<String> refusal = store.refusal(price);
                if (refusal.isEmpty()) {
                    prices.add(price);
                }
                return refusal;
            }
            Gap gap = topics.gaps().codec().decode(value);
            Instrument.parse(gap.getInstrument());
            if (gap.getId().isEmpty()) {
                return Optional.of("gap: id is empty");
            }
            gaps.add(gap);
            return Optional.empty();
        }

        private Optional<String> candle(Candle candle) {
            if (!candle.closed()) {
                open++;
                return Optional.empty();
            }
            Optional<String> refusal = store.refusal(candle);
            if (refusal.isEmpty()) {
                candles.add(candle);
            }
            return refusal;
        }

        private void bury(ConsumerRecord<byte[], byte[]> kafka, byte[] value, String reason) {
            DeadLetter.Builder letter =
                    DeadLetter.newBuilder()
                            .setTopic(kafka.topic())
                            .setPartition(kafka.partition())
                            .setOffset(kafka.offset())
                            .setValue(ByteString.copyFrom(value))
                            .setReason("history: " + reason)
                            .setFailedUs(EpochMicros.of(Instant.now(clock)).value());
            byte[] key = kafka.key();
            if (key != null) {
                letter.setKey(ByteString.copyFrom(key));
            }
            dead.add(letter.build());
        }
    }
}
