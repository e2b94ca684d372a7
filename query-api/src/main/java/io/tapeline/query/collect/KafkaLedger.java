package io.tapeline.query.collect;

import io.tapeline.query.produce.TopicProducer;
import io.tapeline.schemas.proto.CollectionRecord;
import io.tapeline.schemas.topic.KafkaAccess;
import io.tapeline.schemas.topic.Topic;
import io.tapeline.schemas.wire.MalformedPayload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Collections in their compacted topic, by id: as many records as have not been forgotten. */
public final class KafkaLedger implements Ledger, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaLedger.class);

    /** Somebody waits for it. */
    private static final Duration DELIVERY = Duration.ofSeconds(5);

    private final KafkaProducer<byte[], byte[]> producer;
    private final Topic<CollectionRecord> topic;
    private final LongAdder malformed = new LongAdder();

    public KafkaLedger(KafkaAccess kafka, Topic<CollectionRecord> topic) {
        this.topic = topic;
        producer = TopicProducer.of(kafka, topic, DELIVERY);
    }

    @Override
    public void write(CollectionRecord record) throws IOException, InterruptedException {
        send(record.getId(), topic.codec().encode(record));
    }

    @Override
    public void forget(String id) throws IOException, InterruptedException {
        send(id, null);
    }

    private void send(String id, byte @Nullable [] value) throws IOException, InterruptedException {
        try {
            producer.send(
                            new ProducerRecord<>(
                                    topic.name(), id.getBytes(StandardCharsets.UTF_8), value))
                    .get();
        } catch (ExecutionException e) {
            throw new IOException("collections: not written", e.getCause());
        } catch (KafkaException e) {
            throw new IOException("collections: not written", e);
        }
    }

    /**
     * A record of the topic to those who run them.
     *
     * @param value null: the collection is forgotten
     */
    public void read(String id, byte @Nullable [] value, CandleCollections collections) {
        try {
            if (value == null) {
                collections.takeForgotten(id);
                return;
            }
            CollectionRecord record = topic.codec().decode(value);
            CollectionOrder.of(record);
            if (!record.getId().equals(id)) {
                throw new MalformedPayload("collection of another key");
            }
            collections.take(record);
        } catch (MalformedPayload | IllegalArgumentException e) {
            malformed.increment();
            LOG.atWarn().setCause(e).log("collections: malformed record");
        }
    }

    /** Records that could not be understood. Alert when it is not zero. */
    public long malformed() {
        return malformed.sum();
    }

    @Override
    public void close() {
        producer.close();
    }
}
