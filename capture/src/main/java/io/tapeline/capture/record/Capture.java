package io.tapeline.capture.record;

import io.tapeline.capture.files.TapeDirectory;
import io.tapeline.capture.record.PartitionMerge.Empty;
import io.tapeline.capture.record.PartitionMerge.Entry;
import io.tapeline.capture.tape.LineFormat;
import io.tapeline.capture.tape.TapeLine;
import io.tapeline.schemas.market.EpochNanos;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.raw.RawHeaders;
import io.tapeline.schemas.raw.RawRecord;
import io.tapeline.schemas.topic.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies the raw topics into a {@link TapeDirectory}. {@link #run} is for one thread; {@link #stop}
 * may be called by any.
 */
public final class Capture {

    private static final Logger LOG = LoggerFactory.getLogger(Capture.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long PROGRESS_NANOS = 5_000_000_000L;

    /** A partition whose queue holds this much is not read on until it holds less. */
    private static final long MOST_WAITING_BYTES = 4L << 20;

    private static final int MOST_COMPLAINTS = 20;

    private final CaptureOptions options;
    private final InstantSource clock;
    private final Map<String, Long> written = new HashMap<>();
    private volatile boolean stopped;
    private long lines;
    private long leftOut;
    private long malformed;

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
            new Run(tape, consumer, partitions).go();
            tape.finish(written);
            return new CaptureSummary(lines, leftOut, malformed, tape.totals());
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

    /** From the first poll to the end. */
    private final class Run {
        private final TapeDirectory tape;
        private final Consumer<byte[], byte[]> consumer;
        private final RawPartitions partitions;
        private final PartitionMerge<Optional<TapeLine>> merge;
        private final Map<TopicPartition, Integer> indices = new HashMap<>();
        private @Nullable Map<TopicPartition, Long> ends;
        private long checkpointed = System.nanoTime();
        private long told = System.nanoTime();
        private boolean changed;

        Run(TapeDirectory tape, Consumer<byte[], byte[]> consumer, RawPartitions partitions) {
            this.tape = tape;
            this.consumer = consumer;
            this.partitions = partitions;
            this.merge = new PartitionMerge<>(partitions.count(), options.window().toNanos());
            for (int i = 0; i < partitions.count(); i++) {
                indices.put(partitions.get(i), i);
            }
        }

        void go() throws IOException {
            if (options.until() instanceof Ending.AtEnd) {
                ends = partitions.ends();
            }
            while (!stopped && !merge.isOver()) {
                if (ends == null && isPastUntil()) {
                    ends = partitions.ends();
                }
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    add(record);
                }
                judgeEmpty();
                drain();
                keep();
            }
        }

        /** Whether all that was received before the end has had time to come to Kafka. */
        private boolean isPastUntil() {
            return options.until() instanceof Ending.At(Instant time)
                    && clock.instant().isAfter(time.plus(options.window()));
        }

        private void add(ConsumerRecord<byte[], byte[]> record) {
            Integer index = indices.get(new TopicPartition(record.topic(), record.partition()));
            if (index == null) {
                throw new IllegalStateException("not asked for: " + record.topic());
            }
            if (isBehindEnd(partitions.get(index), record.offset())) {
                return;
            }
            Optional<TapeLine> line = line(index, record);
            int bytes =
                    record.serializedKeySize() + Math.max(0, record.serializedValueSize()) + 200;
            merge.add(
                    new Entry<>(
                            index,
                            line.map(read -> read.record().received().value())
                                    .orElse(Long.MIN_VALUE),
                            record.offset(),
                            bytes,
                            System.nanoTime(),
                            line));
        }

        private boolean isBehindEnd(TopicPartition partition, long offset) {
            Map<TopicPartition, Long> known = ends;
            return known != null && offset >= known.getOrDefault(partition, Long.MAX_VALUE);
        }

        private void judgeEmpty() {
            for (int i = 0; i < partitions.count(); i++) {
                TopicPartition partition = partitions.get(i);
                boolean full = merge.waitingBytes(i) > MOST_WAITING_BYTES;
                if (isBehindEnd(partition, consumer.position(partition))) {
                    merge.whenEmpty(i, Empty.ENDED);
                    consumer.pause(List.of(partition));
                    continue;
                }
                boolean caughtUp = consumer.currentLag(partition).orElse(1) == 0;
                merge.whenEmpty(i, caughtUp ? Empty.CAUGHT_UP : Empty.BEHIND);
                if (full) {
                    consumer.pause(List.of(partition));
                } else {
                    consumer.resume(List.of(partition));
                }
            }
        }

        private void drain() throws IOException {
            long now = System.nanoTime();
            for (Entry<Optional<TapeLine>> next = merge.poll(now);
                    next != null;
                    next = merge.poll(now)) {
                if (next.record().isPresent()) {
                    TapeLine line = next.record().get();
                    tape.append(LineFormat.write(line), line.record().received().value(), written);
                    lines++;
                }
                written.put(
                        RawPartitions.name(partitions.get(next.partition())), next.offset() + 1);
                changed = true;
            }
        }

        private void keep() throws IOException {
            long now = System.nanoTime();
            if (changed && now - checkpointed >= options.checkpoint().toNanos()) {
                tape.checkpoint(written);
                checkpointed = now;
                changed = false;
            }
            if (now - told >= PROGRESS_NANOS) {
                told = now;
                LOG.atInfo()
                        .addKeyValue("lines", tape.totals().lines())
                        .addKeyValue("bytes", tape.totals().textBytes())
                        .addKeyValue("files", tape.totals().files())
                        .log("Capturing");
            }
        }

        /** Empty where the record is not wanted, or is none. */
        private Optional<TapeLine> line(int index, ConsumerRecord<byte[], byte[]> record) {
            RawRecord raw;
            try {
                raw = read(record);
            } catch (IllegalArgumentException e) {
                malformed++;
                if (malformed <= MOST_COMPLAINTS) {
                    LOG.atWarn()
                            .addKeyValue("partition", partitions.get(index))
                            .addKeyValue("offset", record.offset())
                            .addKeyValue("reason", e.getMessage())
                            .log("Left out: no raw record");
                }
                return Optional.empty();
            }
            if (options.selection().takes(raw) && isWithin(raw.received())) {
                return Optional.of(new TapeLine(partitions.topic(index), raw));
            }
            leftOut++;
            return Optional.empty();
        }

        private boolean isWithin(EpochNanos received) {
            boolean after =
                    !(options.from() instanceof Beginning.At(Instant from))
                            || received.compareTo(EpochNanos.of(from)) >= 0;
            boolean before =
                    !(options.until() instanceof Ending.At(Instant until))
                            || received.compareTo(EpochNanos.of(until)) < 0;
            return after && before;
        }
    }

    private static RawRecord read(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null || record.value() == null) {
            throw new IllegalArgumentException("raw record: has no key or no value");
        }
        return RawHeaders.read(
                Instrument.parse(new String(record.key(), StandardCharsets.UTF_8)),
                record.value(),
                record.headers());
    }
}
