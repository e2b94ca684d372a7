package io.tapeline.capture.record;

import io.tapeline.capture.files.TapeDirectory;
import io.tapeline.schemas.topic.Topics;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies the raw topics into a {@link TapeDirectory}. {@link #run} is for one thread; {@link #stop}
 * may be called by any.
 */
public final class Capture {

    private static final Logger LOG = LoggerFactory.getLogger(Capture.class);
    private final CaptureOptions options;
    private final InstantSource clock;
    private final Map<String, Long> written = new HashMap<>();
    private volatile boolean stopped;

    public Capture(CaptureOptions options, InstantSource clock) {
        this.options = options;
        this.clock = clock;
    }

    /** Ends the run soon; what was read but not written is read again by the next. */
    public void stop() {
        stopped = true;
    }

    /**
     * Captures until the end that the options name, or until {@link #stop}.
     *
     * @throws IOException if the files cannot be written, or records were deleted from the topics
     *     before they were captured
     */
    public CaptureSummary run() throws IOException {
        try (TapeDirectory tape =
                        TapeDirectory.open(
                                options.directory(),
                                options.fingerprint(),
                                options.compression(),
                                options.split());
                Consumer<byte[], byte[]> consumer = consumer()) {
            RawPartitions partitions =
                    RawPartitions.of(
                            consumer,
                            new Topics(options.brokers().prefix()),
                            options.selection().topics());
            seek(tape, consumer, partitions);
            CaptureRun run = new CaptureRun(options, clock, tape, consumer, partitions, written);
            run.go(() -> stopped);
            tape.finish(written);
            return run.summary();
        } catch (TimeoutException e) {
            throw options.brokers().noAnswer(e);
        } catch (OffsetOutOfRangeException e) {
            throw new IOException(
                    "records were deleted from the topics before they were captured, from these"
                            + " offsets on: "
                            + e.offsetOutOfRangePartitions()
                            + "; begin another capture",
                    e);
        }
    }

    private Consumer<byte[], byte[]> consumer() {
        Map<String, Object> settings = new HashMap<>(options.brokers().settings());
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, options.brokers().bootstrap());
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "tapeline-capture");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // A record that is gone is told, not skipped.
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return new KafkaConsumer<>(
                settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Where the capture stood, or where a new one begins: that is durable before any line is. */
    private void seek(
            TapeDirectory tape, Consumer<byte[], byte[]> consumer, RawPartitions partitions)
            throws IOException {
        consumer.assign(partitions.all());
        Optional<Map<String, Long>> before = tape.offsets();
        if (before.isPresent()) {
            written.putAll(before.get());
            Map<TopicPartition, Long> oldest = partitions.beginning(new Beginning.Earliest());
            for (TopicPartition partition : partitions.all()) {
                // A partition that was added since has nothing that was captured.
                written.putIfAbsent(
                        RawPartitions.name(partition), oldest.getOrDefault(partition, 0L));
            }
            LOG.atInfo()
                    .addKeyValue("directory", options.directory())
                    .addKeyValue("lines", tape.totals().lines())
                    .log("Going on with the capture that is there");
        } else {
            partitions
                    .beginning(options.from())
                    .forEach((partition, at) -> written.put(RawPartitions.name(partition), at));
            tape.checkpoint(written);
        }
        for (TopicPartition partition : partitions.all()) {
            consumer.seek(partition, position(partition));
        }
    }

    private long position(TopicPartition partition) {
        Long at = written.get(RawPartitions.name(partition));
        if (at == null) {
            throw new IllegalStateException("no position of " + partition);
        }
        return at;
    }
}
