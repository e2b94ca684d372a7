package io.tapeline.ingestor.publish;

import io.tapeline.ingestor.feed.EventKind;
import io.tapeline.ingestor.feed.EventSpan;
import io.tapeline.ingestor.feed.RawRoute;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.raw.RawHeaders;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * One stream's way to its partition. All that is the same for each of its events (key, headers but
 * the receive time) is made once.
 */
final class KafkaRoute implements RawRoute {

    private static final VarHandle BIG_ENDIAN_LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final KafkaPublisher publisher;
    private final Instrument instrument;
    private final EventKind kind;
    private final EventSpan span;
    private final String topic;
    private final Integer partition;
    private final byte[] key;
    private final Header stream;
    private final Header line;
    private final Header unit;

    KafkaRoute(
            KafkaPublisher publisher,
            Instrument instrument,
            EventKind kind,
            EventSpan span,
            String topic,
            int partition,
            String stream,
            String line,
            ExchangeTimeUnit unit) {
        this.publisher = publisher;
        this.instrument = instrument;
        this.kind = kind;
        this.span = span;
        this.topic = topic;
        this.partition = partition;
        this.key = utf8(instrument.id());
        this.stream = new RecordHeader(RawHeaders.STREAM, utf8(stream));
        this.line = new RecordHeader(RawHeaders.LINE, utf8(line));
        this.unit = new RecordHeader(RawHeaders.UNIT, utf8(unit.id()));
    }

    @Override
    public void publish(byte[] payload, long receivedNanos) {
        publisher.taken(payload.length);
        publisher.send(
                new ProducerRecord<>(
                        topic,
                        partition,
                        Math.floorDiv(receivedNanos, NANOS_PER_MILLI),
                        key,
                        payload,
                        headers(receivedNanos)),
                new Delivery(this, span.first(payload), span.last(payload)));
    }

    /** As {@link RawHeaders#of} makes them; a test holds the two together. */
    private Iterable<Header> headers(long receivedNanos) {
        byte[] received = new byte[Long.BYTES];
        BIG_ENDIAN_LONG.set(received, 0, receivedNanos);
        return Arrays.asList(stream, line, new RecordHeader(RawHeaders.RECEIVED, received), unit);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Holds no payload, so that a full buffer is the only memory that a broker's absence costs. */
    private record Delivery(KafkaRoute route, long first, long last) implements Callback {

        @Override
        public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
            if (failure == null) {
                route.publisher.published();
            } else {
                route.publisher.lost(route.instrument, route.kind, first, last, failure);
            }
        }
    }
}
