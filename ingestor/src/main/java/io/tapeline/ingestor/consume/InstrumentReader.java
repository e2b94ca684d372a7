package io.tapeline.ingestor.consume;

import io.tapeline.schemas.proto.InstrumentInfo;
import io.tapeline.schemas.topic.Topic;
import io.tapeline.schemas.wire.MalformedPayload;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the registry as an earlier run left it. */
public final class InstrumentReader {

    private static final Logger log = LoggerFactory.getLogger(InstrumentReader.class);

    private static final Duration POLL = Duration.ofMillis(200);

    private InstrumentReader() {}

    /**
     * The newest entry of each instrument, up to the topic's end as of now.
     *
     * @param clientId by which Kafka knows the reader
     * @throws org.apache.kafka.common.KafkaException if Kafka cannot be reached
     */
    public static Collection<InstrumentInfo> read(
            String bootstrap, String clientId, Topic<InstrumentInfo> topic) {
        Map<String, InstrumentInfo> newest = new HashMap<>();
        try (Consumer<byte[], byte[]> consumer =
                TopicReader.fromBeginning(bootstrap, clientId, topic.name())) {
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    take(topic, record, newest);
                }
            }
        }
        return newest.values();
    }

    /** A malformed entry is as good as none: the exchange's list brings another. */
    private static void take(
            Topic<InstrumentInfo> topic,
            ConsumerRecord<byte[], byte[]> record,
            Map<String, InstrumentInfo> newest) {
        if (record.value() == null) {
            return;
        }
        try {
            InstrumentInfo info = topic.codec().decode(record.value());
            newest.put(info.getInstrument(), info);
        } catch (MalformedPayload e) {
            log.atWarn()
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("reason", e.getMessage())
                    .log("an entry of the registry is malformed");
        }
    }
}
