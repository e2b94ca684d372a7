package io.tapeline.query.record;

import io.tapeline.query.history.HistoryStore;
import io.tapeline.query.history.HistoryUnavailableException;
import io.tapeline.schemas.proto.DeadLetter;
import io.tapeline.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
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
    private final TickerSamples samples = new TickerSamples();

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
        Sorting sorting = new Sorting(store, topics, topicIds, samples, clock);
        records.forEach(sorting::add);
        RecordingCounts.Batch written;
        try {
            if (!sorting.dead().isEmpty()) {
                deadLetters.send(sorting.dead());
            }
            Instant begun = Instant.now(clock);
            store.write(sorting.batch());
            written = batch(records, begun, Instant.now(clock));
        } catch (RuntimeException e) {
            counts.failed(Instant.now(clock), String.valueOf(e.getMessage()));
            LOG.atWarn()
                    .setCause(e)
                    .addKeyValue("records", records.size())
                    .log("recording: a batch was not written, it will be tried again");
            throw e;
        }
        samples.took(sorting.sampled());
        counts.wrote(sorting.sums(), written);
    }

    private static RecordingCounts.Batch batch(
            List<ConsumerRecord<byte[], byte[]>> records, Instant begun, Instant ended) {
        LongSummaryStatistics times =
                records.stream().mapToLong(ConsumerRecord::timestamp).summaryStatistics();
        return new RecordingCounts.Batch(
                records.size(),
                Duration.between(begun, ended),
                Duration.between(Instant.ofEpochMilli(times.getMin()), ended),
                times.getMax());
    }
}
