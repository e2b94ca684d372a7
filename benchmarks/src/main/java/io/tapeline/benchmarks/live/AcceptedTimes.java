package io.tapeline.benchmarks.live;

import io.tapeline.schemas.market.BookEvent;
import io.tapeline.schemas.wire.BookEventCodec;
import io.tapeline.schemas.wire.LatestPriceCodec;
import io.tapeline.schemas.wire.MalformedPayload;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the clock when the aggregator hands over what became of an event, on the thread that has
 * just changed the store: who asks from then on is told of it.
 *
 * <p>Kafka makes it from the class's name, so that what it records is the class's.
 */
public final class AcceptedTimes implements ProducerInterceptor<byte[], byte[]> {

    private static final BookEventCodec BOOKS = new BookEventCodec();
    private static final LatestPriceCodec PRICES = new LatestPriceCodec();

    @Override
    public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
        long now = System.nanoTime();
        try {
            if (record.topic().equals(LiveBenchmark.TOPICS.depth().name())) {
                if (BOOKS.decode(record.value()) instanceof BookEvent.Delta delta) {
                    EventTimes.accepted(delta.finalUpdateId(), now);
                }
            } else if (record.topic().equals(LiveBenchmark.TOPICS.prices().name())) {
                EventTimes.accepted(
                        PRICES.decode(record.value()).price().value().mantissaAt(0), now);
            }
        } catch (MalformedPayload e) {
            throw new IllegalStateException("a clean record is no message", e);
        }
        return record;
    }

    @Override
    public void onAcknowledgement(
            @Nullable RecordMetadata metadata, @Nullable Exception exception) {}

    @Override
    public void close() {}

    @Override
    public void configure(Map<String, ?> configs) {}
}
