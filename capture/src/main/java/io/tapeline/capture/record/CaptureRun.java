package io.tapeline.capture.record;

import io.tapeline.capture.files.TapeDirectory;
import io.tapeline.capture.record.PartitionMerge.Empty;
import io.tapeline.capture.record.PartitionMerge.Entry;
import io.tapeline.capture.tape.LineFormat;
import io.tapeline.capture.tape.TapeLine;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A capture from the first poll to the end: of several partitions one tape. For one thread. */
final class CaptureRun {

    private static final Logger LOG = LoggerFactory.getLogger(CaptureRun.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long PROGRESS_NANOS = 5_000_000_000L;

    /** A partition whose queue holds this much is not read on until it holds less. */
    private static final long MOST_WAITING_BYTES = 4L << 20;

    private final CaptureOptions options;
    private final InstantSource clock;
    private final TapeDirectory tape;
    private final Consumer<byte[], byte[]> consumer;
    private final RawPartitions partitions;
    private final Map<String, Long> written;
    private final WantedRecords wanted;
    private final PartitionMerge<Optional<TapeLine>> merge;
    private final Map<TopicPartition, Integer> indices = new HashMap<>();
    private @Nullable Map<TopicPartition, Long> ends;
    private long checkpointed = System.nanoTime();
    private long told = System.nanoTime();
    private boolean changed;
    private long lines;

    CaptureRun(
            CaptureOptions options,
            InstantSource clock,
            TapeDirectory tape,
            Consumer<byte[], byte[]> consumer,
            RawPartitions partitions,
            Map<String, Long> written) {
        this.options = options;
        this.clock = clock;
        this.tape = tape;
        this.consumer = consumer;
        this.partitions = partitions;
        this.written = written;
        this.wanted = new WantedRecords(options, partitions);
        this.merge = new PartitionMerge<>(partitions.count(), options.window().toNanos());
        for (int i = 0; i < partitions.count(); i++) {
            indices.put(partitions.get(i), i);
        }
    }

    /** What was done so far. */
    CaptureSummary summary() {
        return new CaptureSummary(lines, wanted.leftOut(), wanted.malformed(), tape.totals());
    }

    /** Until the end that the options name, or until told to stop. */
    void go(BooleanSupplier stopped) throws IOException {
        if (options.until() instanceof Ending.AtEnd) {
            ends = partitions.ends();
        }
        while (!stopped.getAsBoolean() && !merge.isOver()) {
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
        Optional<TapeLine> line = wanted.of(index, record);
        int bytes = record.serializedKeySize() + Math.max(0, record.serializedValueSize()) + 200;
        merge.add(
                new Entry<>(
                        index,
                        line.map(read -> read.record().received().value()).orElse(Long.MIN_VALUE),
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
            written.put(RawPartitions.name(partitions.get(next.partition())), next.offset() + 1);
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
}
