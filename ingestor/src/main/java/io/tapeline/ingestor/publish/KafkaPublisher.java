package io.tapeline.ingestor.publish;

import io.tapeline.ingestor.feed.EventKind;
import io.tapeline.ingestor.feed.EventSpan;
import io.tapeline.ingestor.feed.IngestorCounters;
import io.tapeline.ingestor.feed.IngestorCounters.Count;
import io.tapeline.ingestor.feed.RawRoute;
import io.tapeline.ingestor.feed.RawRoutes;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.Gap;
import io.tapeline.schemas.topic.InstrumentPartitioner;
import io.tapeline.schemas.topic.Topic;
import io.tapeline.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.MetadataRecoveryStrategy;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ingestor's one producer: idempotent, acknowledged by all replicas, compressed, bounded.
 *
 * <p>Events are sent straight from the thread that read them, which costs less than handing them to
 * another. Such a send cannot block: the topics' partitions are asked for before the first event
 * and never forgotten, and where the buffer is full it refuses at once ({@code max.block.ms} 0).
 * What is refused, or not acknowledged in time, is counted and goes to the ledger of gaps.
 */
public final class KafkaPublisher implements RawRoutes, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(KafkaPublisher.class);

    private static final Duration METADATA_WITHIN = Duration.ofSeconds(30);
    private static final Duration METADATA_PAUSE = Duration.ofMillis(50);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);

    private final Producer<byte[], byte[]> producer;
    private final Topics topics;
    private final int partitions;
    private final IngestorCounters counters;
    private final LossLedger losses;
    private final ProducerBuffer buffer;

    KafkaPublisher(
            Producer<byte[], byte[]> producer,
            Topics topics,
            int partitions,
            IngestorCounters counters,
            LossLedger losses) {
        this.producer = producer;
        this.topics = topics;
        this.partitions = partitions;
        this.counters = counters;
        this.losses = losses;
        this.buffer = ProducerBuffer.of(producer.metrics());
    }

    /**
     * Returns once the partitions of all topics are known.
     *
     * @throws KafkaException if Kafka cannot be reached or lacks a topic
     */
    static KafkaPublisher start(
            ProducerSettings settings,
            String clientId,
            Topics topics,
            int partitions,
            IngestorCounters counters,
            LossLedger losses)
            throws InterruptedException {
        Producer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        config(settings, clientId),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
        try {
            for (Topic<?> topic : topics.all()) {
                awaitPartitions(producer, topic);
            }
        } catch (RuntimeException | InterruptedException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
        return new KafkaPublisher(producer, topics, partitions, counters, losses);
    }

    /** The producer's settings, for those that measure it too. */
    public static Map<String, Object> config(ProducerSettings settings, String clientId) {
        return settings.kafka()
                .client(
                        Map.ofEntries(
                                Map.entry(ProducerConfig.CLIENT_ID_CONFIG, clientId),
                                Map.entry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true),
                                Map.entry(ProducerConfig.ACKS_CONFIG, "all"),
                                // A broker that has forgotten the producer takes whatever batch
                                // comes first; were
                                // it
                                // not the next one, that one would be refused until its time is
                                // over. A request
                                // carries a batch of every partition, so that one at a time holds
                                // nothing up.
                                Map.entry(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1),
                                Map.entry(ProducerConfig.RETRIES_CONFIG, Integer.MAX_VALUE),
                                Map.entry(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4"),
                                Map.entry(ProducerConfig.BATCH_SIZE_CONFIG, settings.batchBytes()),
                                Map.entry(
                                        ProducerConfig.LINGER_MS_CONFIG,
                                        Math.toIntExact(settings.linger().toMillis())),
                                Map.entry(
                                        ProducerConfig.BUFFER_MEMORY_CONFIG,
                                        settings.bufferBytes()),
                                Map.entry(ProducerConfig.MAX_BLOCK_MS_CONFIG, 0L),
                                Map.entry(
                                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                                        Math.toIntExact(settings.requestWithin().toMillis())),
                                Map.entry(
                                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                                        Math.toIntExact(settings.deliverWithin().toMillis())),
                                // Checked before compression; the topic's own limit is on what
                                // travels.
                                Map.entry(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 8 << 20),
                                // With every broker away the client would begin anew and forget the
                                // partitions;
                                // then
                                // each event would be refused although the buffer is empty.
                                Map.entry(
                                        CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG,
                                        MetadataRecoveryStrategy.NONE.name),
                                // A topic that was idle must not be forgotten: its next event would
                                // be refused.
                                Map.entry(
                                        ProducerConfig.METADATA_MAX_IDLE_CONFIG,
                                        Duration.ofDays(365).toMillis())));
    }

    private static void awaitPartitions(Producer<byte[], byte[]> producer, Topic<?> topic)
            throws InterruptedException {
        long deadline = System.nanoTime() + METADATA_WITHIN.toNanos();
        while (true) {
            try {
                producer.partitionsFor(topic.name());
                return;
            } catch (TimeoutException notYet) {
                if (System.nanoTime() - deadline > 0) {
                    throw new KafkaException(
                            "Kafka did not name the partitions of "
                                    + topic.name()
                                    + " within "
                                    + METADATA_WITHIN,
                            notYet);
                }
                TimeUnit.NANOSECONDS.sleep(METADATA_PAUSE.toNanos());
            }
        }
    }

    @Override
    public RawRoute route(
            Instrument instrument,
            EventKind kind,
            EventSpan span,
            String stream,
            String line,
            ExchangeTimeUnit unit) {
        return new KafkaRoute(
                this,
                instrument,
                kind,
                span,
                rawTopic(kind).name(),
                InstrumentPartitioner.partitionOf(instrument, partitions),
                stream,
                line,
                unit);
    }

    private Topic<byte[]> rawTopic(EventKind kind) {
        return switch (kind) {
            case KLINES -> topics.rawKlines();
            case TICKERS -> topics.rawTickers();
            case DEPTH, PICTURES -> topics.rawDepth();
        };
    }

    /** Never blocks; the callback hears of a refusal too. */
    void send(ProducerRecord<byte[], byte[]> record, Callback delivery) {
        try {
            var _ = producer.send(record, delivery);
        } catch (InterruptException e) {
            Thread.currentThread().interrupt(); // whose thread it is will see to it
            delivery.onCompletion(null, e);
        } catch (KafkaException | IllegalStateException e) {
            delivery.onCompletion(null, e instanceof KafkaException ? e : new KafkaException(e));
        }
    }

    /** Writes to a topic other than the raw ones. Never blocks. */
    public <V> CompletableFuture<Void> write(Topic<V> topic, String instrumentId, V value) {
        return write(topic, instrumentId.getBytes(StandardCharsets.UTF_8), value);
    }

    /** The same with any key, such as that of a record that could not be read. */
    public <V> CompletableFuture<Void> write(Topic<V> topic, byte[] key, V value) {
        CompletableFuture<Void> written = new CompletableFuture<>();
        send(
                new ProducerRecord<>(topic.name(), key, topic.codec().encode(value)),
                (_, failure) -> {
                    if (failure == null) {
                        written.complete(null);
                    } else {
                        written.completeExceptionally(failure);
                    }
                });
        return written;
    }

    /** The same for what nobody waits for: a failure is logged. */
    public <V> void note(Topic<V> topic, byte[] key, V value) {
        var _ =
                write(topic, key, value)
                        .whenComplete((_, failure) -> {
                            if (failure != null) {
                                log.atError()
                                        .addKeyValue("topic", topic.name())
                                        .addKeyValue("reason", failure.toString())
                                        .log("a record was not written");
                            }
                        });
    }

    /** How much of what may wait for Kafka waits. */
    public ProducerBuffer buffer() {
        return buffer;
    }

    Topic<Gap> gaps() {
        return topics.gaps();
    }

    void published() {
        counters.increment(Count.PUBLISHED);
    }

    void taken(int bytes) {
        counters.increment(Count.EVENTS);
        counters.add(Count.EVENT_BYTES, bytes);
    }

    /**
     * @param first lowest of the lost event's span, and {@code last} the highest
     */
    void lost(Instrument instrument, EventKind kind, long first, long last, Exception failure) {
        boolean refused = failure instanceof BufferExhaustedException;
        counters.increment(refused ? Count.DROPPED : Count.FAILED);
        long now = System.nanoTime();
        String cause =
                refused
                        ? "producer buffer full"
                        : "not acknowledged by Kafka: " + failure.getClass().getSimpleName();
        if (kind != EventKind.PICTURES) {
            losses.lost(new LossLedger.Loss(instrument, kind, cause, first, last, 1, now, now));
        }
    }

    /** Waits for what was taken to be acknowledged, at most ten seconds. */
    @Override
    public void close() {
        producer.close(CLOSE_WITHIN);
    }
}
