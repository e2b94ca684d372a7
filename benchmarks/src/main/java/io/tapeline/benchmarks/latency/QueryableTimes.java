package io.tapeline.benchmarks.latency;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the clock when the aggregator hands over what became of an event: it does so on the
 * thread that has just changed the store, so that who asks from then on is told of the event. The
 * event's time is when it was due at the exchange's socket.
 *
 * <p>Kafka makes it from the class's name, so that what it records is the class's.
 */
public final class QueryableTimes implements ProducerInterceptor<byte[], byte[]> {

    private static final Clock CLOCK = Clock.systemUTC();
    private static final long MOST_MICROS = TimeUnit.MINUTES.toMicros(10);
    private static final Recorder BOOKS = new Recorder(MOST_MICROS, 3);
    private static final Recorder PRICES = new Recorder(MOST_MICROS, 3);
    private static final LongAdder SEEN = new LongAdder();

    /** Books' events and prices so far, resets not counted. */
    static long seen() {
        return SEEN.sum();
    }

    /** What was recorded since the last call, in microseconds. */
    static Histogram takeBooks() {
        return BOOKS.getIntervalHistogram();
    }

    static Histogram takePrices() {
        return PRICES.getIntervalHistogram();
    }

    static long nowMicros() {
        Instant now = CLOCK.instant();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    }

    @Override
    public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
        if (record.topic().equals(LatencyBenchmark.TOPICS.depth().name())) {
            record(BOOKS, record.value());
        } else if (record.topic().equals(LatencyBenchmark.TOPICS.prices().name())) {
            record(PRICES, record.value());
        }
        return record;
    }

    private static void record(Recorder to, byte[] value) {
        long due;
        try {
            due = EventTime.micros(value);
        } catch (IOException e) {
            throw new IllegalStateException("a clean record is no message", e);
        }
        if (due >= DueEvents.FIRST_DUE.get()) {
            to.recordValue(Math.clamp(nowMicros() - due, 0, MOST_MICROS));
            SEEN.increment();
        }
    }

    @Override
    public void onAcknowledgement(
            @Nullable RecordMetadata metadata, @Nullable Exception exception) {}

    @Override
    public void close() {}

    @Override
    public void configure(Map<String, ?> configs) {}
}
