package io.tapeline.query.record;

import io.tapeline.query.produce.TopicProducer;
import io.tapeline.schemas.proto.DeadLetter;
import io.tapeline.schemas.topic.KafkaAccess;
import io.tapeline.schemas.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** Dead letters to their topic, under the key of the record that is dead. */
public final class KafkaDeadLetters implements Recorder.DeadLetters, AutoCloseable {

    private static final Duration DELIVERY = Duration.ofSeconds(30);

    private final KafkaProducer<byte[], byte[]> producer;
    private final Topic<DeadLetter> topic;

    public KafkaDeadLetters(KafkaAccess kafka, Topic<DeadLetter> topic) {
        this.topic = topic;
        producer = TopicProducer.of(kafka, topic, DELIVERY);
    }

    @Override
    public void send(List<DeadLetter> letters) throws InterruptedException {
        List<Future<?>> sent = new ArrayList<>();
        for (DeadLetter letter : letters) {
            sent.add(
                    producer.send(
                            new ProducerRecord<>(
                                    topic.name(),
                                    letter.getKey().toByteArray(),
                                    topic.codec().encode(letter))));
        }
        producer.flush();
        for (Future<?> each : sent) {
            try {
                each.get();
            } catch (ExecutionException e) {
                throw new KafkaException("dead letters: not delivered", e.getCause());
            }
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
