package io.tapeline.capture.replay;

import io.tapeline.capture.files.DamagedTape;
import io.tapeline.capture.files.TapeReader;
import io.tapeline.capture.tape.LineFormat;
import io.tapeline.capture.tape.MalformedLine;
import io.tapeline.capture.tape.RawTopic;
import io.tapeline.capture.tape.TapeLine;
import io.tapeline.schemas.raw.RawHeaders;
import io.tapeline.schemas.raw.RawRecord;
import io.tapeline.schemas.topic.InstrumentPartitioner;
import io.tapeline.schemas.topic.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays files into the raw topics, each line in its instrument's partition, in the order of the
 * files. {@link #run} is for one thread; {@link #stop} may be called by any.
 */
public final class Replay {

    private static final Logger LOG = LoggerFactory.getLogger(Replay.class);
    private static final int TOPICS_MILLIS = 30_000;
    private static final long NANOS_PER_MILLI = 1_000_000L;
    private static final long POSITION_NANOS = 1_000_000_000L;
    private static final long PROGRESS_NANOS = 5_000_000_000L;

    /** A wait is cut so short that a stop is seen. */
    private static final long LONGEST_PARK_NANOS = 50_000_000L;

    private final ReplayOptions options;
    private final Topics topics;
    private final Map<RawTopic, Integer> partitions = new EnumMap<>(RawTopic.class);
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private volatile boolean stopped;

    public Replay(ReplayOptions options) {
        this.options = options;
        this.topics = new Topics(options.brokers().prefix());
    }

    /** Ends the run soon; the next goes on. */
    public void stop() {
        stopped = true;
    }

    /**
     * Plays what was not yet played.
     *
     * @throws IOException if a file cannot be read, or Kafka does not take what is sent
     */
    public ReplaySummary run() throws IOException {
        ReplayPosition start = ReplayPosition.read(options);
        if (!start.equals(ReplayPosition.START) && start.file() < options.files().size()) {
            LOG.atInfo()
                    .addKeyValue("file", options.files().get(start.file()))
                    .addKeyValue("line", start.line())
                    .log("Going on with the replay that was begun");
        }
        requireTopics();
        try (Producer<byte[], byte[]> producer = producer();
                Rejects rejects = new Rejects(options.rejects())) {
            Run run = new Run(producer, rejects, start);
            run.go();
            run.settle();
            if (!stopped) {
                Files.deleteIfExists(options.position());
            }
            return new ReplaySummary(run.sent, run.rejected, !stopped);
        } catch (KafkaException e) {
            throw new IOException("Kafka did not take the lines: " + e.getMessage(), e);
        }
    }

    /** A producer would wait a minute for a topic, or make it as no topic of ours is made. */
    private void requireTopics() throws IOException {
        Map<String, Object> settings = new HashMap<>(options.brokers().settings());
        settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, options.brokers().bootstrap());
        settings.put(AdminClientConfig.CLIENT_ID_CONFIG, "tapeline-replay-topics");
        Set<String> missing = new TreeSet<>();
        for (RawTopic topic : RawTopic.values()) {
            missing.add(topic.in(topics));
        }
        try (Admin admin = Admin.create(settings)) {
            missing.removeAll(
                    admin.listTopics(new ListTopicsOptions().timeoutMs(TOPICS_MILLIS))
                            .names()
                            .get());
        } catch (ExecutionException e) {
            throw options.brokers().noAnswer(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking for the topics", e);
        }
        if (!missing.isEmpty()) {
            throw new IOException(
                    "there is no topic "
                            + String.join(", ", missing)
                            + "; the ingestor and the aggregator make them, and --prefix names"
                            + " others");
        }
    }

    private Producer<byte[], byte[]> producer() {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 20);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 << 10);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 4 << 20);
        // The first batch to a topic made a moment ago may be refused; a second one under way would
        // then be out of order, and be repeated until its delivery time is over.
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        settings.putAll(options.brokers().settings());
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, options.brokers().bootstrap());
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "tapeline-replay");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** From the first line to the last. */
    private final class Run {
        private final Producer<byte[], byte[]> producer;
        private final Rejects rejects;
        private final Pace pace = new Pace(options.speed(), System::nanoTime);
        private int file;
        private long line;
        private long sent;
        private long rejected;
        private long settled = System.nanoTime();
        private long told = System.nanoTime();

        Run(Producer<byte[], byte[]> producer, Rejects rejects, ReplayPosition start) {
            this.producer = producer;
            this.rejects = rejects;
            this.file = start.file();
            this.line = start.line();
            this.sent = start.sent();
            this.rejected = start.rejected();
        }

        void go() throws IOException {
            while (file < options.files().size()) {
                play(options.files().get(file));
                if (stopped) {
                    return;
                }
                file++;
                line = 0;
            }
        }

        private void play(Path path) throws IOException {
            try (TapeReader reader = new TapeReader(path)) {
                for (byte[] text = reader.next(); text != null; text = reader.next()) {
                    if (reader.number() <= line) {
                        continue;
                    }
                    if (text.length > 0 && !play(path, reader.number(), text)) {
                        return;
                    }
                    line = reader.number();
                    keep();
                }
            } catch (DamagedTape e) {
                settle();
                throw new IOException(
                        path
                                + " "
                                + e.getMessage()
                                + "; what precedes is played, what follows is not",
                        e);
            }
        }

        /** False where a stop came before the line was due. */
        private boolean play(Path path, long number, byte[] text) throws IOException {
            TapeLine read;
            try {
                read = LineFormat.parse(text);
            } catch (MalformedLine e) {
                rejects.add(path, number, String.valueOf(e.getMessage()), text);
                rejected++;
                return true;
            }
            if (!await(read.record().received().value())) {
                return false;
            }
            // The callback tells; the future would say the same.
            var unused =
                    producer.send(
                            record(read),
                            (metadata, e) -> {
                                if (e != null) {
                                    failure.compareAndSet(null, e);
                                }
                            });
            sent++;
            return true;
        }

        private boolean await(long receiveNanos) {
            for (long left = pace.waitNanos(receiveNanos);
                    left > 0 && !stopped;
                    left = pace.waitNanos(receiveNanos)) {
                LockSupport.parkNanos(Math.min(left, LONGEST_PARK_NANOS));
            }
            return !stopped;
        }

        private ProducerRecord<byte[], byte[]> record(TapeLine line) {
            RawRecord record = line.record();
            String topic = line.topic().in(topics);
            int count =
                    partitions.computeIfAbsent(
                            line.topic(), t -> producer.partitionsFor(topic).size());
            return new ProducerRecord<>(
                    topic,
                    InstrumentPartitioner.partitionOf(record.instrument(), count),
                    Math.floorDiv(record.received().value(), NANOS_PER_MILLI),
                    record.instrument().id().getBytes(StandardCharsets.UTF_8),
                    record.payload(),
                    RawHeaders.of(record));
        }

        private void keep() throws IOException {
            long now = System.nanoTime();
            if (failure.get() != null || now - settled >= POSITION_NANOS) {
                settle();
                settled = System.nanoTime();
            }
            if (now - told >= PROGRESS_NANOS) {
                told = now;
                LOG.atInfo()
                        .addKeyValue("sent", sent)
                        .addKeyValue("rejected", rejected)
                        .addKeyValue("file", options.files().get(file))
                        .log("Replaying");
            }
        }

        /** All that was sent is acknowledged, and the position says so. */
        void settle() throws IOException {
            producer.flush();
            rejects.flush();
            Exception failed = failure.get();
            if (failed != null) {
                throw new IOException("Kafka did not take a line: " + failed.getMessage(), failed);
            }
            new ReplayPosition(file, line, sent, rejected).write(options);
        }
    }
}
