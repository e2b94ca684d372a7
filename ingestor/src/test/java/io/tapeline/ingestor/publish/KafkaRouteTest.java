package io.tapeline.ingestor.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tapeline.ingestor.binance.BinanceSpan;
import io.tapeline.ingestor.feed.EventKind;
import io.tapeline.ingestor.feed.IngestorCounters;
import io.tapeline.ingestor.feed.IngestorCounters.Count;
import io.tapeline.schemas.market.EpochNanos;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.raw.RawHeaders;
import io.tapeline.schemas.raw.RawRecord;
import io.tapeline.schemas.topic.InstrumentPartitioner;
import io.tapeline.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class KafkaRouteTest {

    private static final Instrument INSTRUMENT = Instrument.binance("币安USDT");
    private static final byte[] UPDATE =
            "{\"e\":\"depthUpdate\",\"U\":5,\"u\":9}".getBytes(StandardCharsets.UTF_8);

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final IngestorCounters counters = new IngestorCounters();
    private final LossLedger losses = new LossLedger();
    private final KafkaPublisher publisher =
            new KafkaPublisher(producer, new Topics("t."), 6, counters, losses);

    @Test
    void aRecordIsWhatTheSharedContractMakesOfTheEvent() {
        publish(1_700_000_000_123_456_789L);
        ProducerRecord<byte[], byte[]> record = producer.history().getFirst();
        RawRecord raw =
                new RawRecord(
                        INSTRUMENT,
                        UPDATE,
                        "币安usdt@depth@100ms",
                        "a",
                        new EpochNanos(1_700_000_000_123_456_789L),
                        ExchangeTimeUnit.MICROSECONDS);
        assertThat(record)
                .isEqualTo(
                        new ProducerRecord<>(
                                "t.raw.depth",
                                InstrumentPartitioner.partitionOf(INSTRUMENT, 6),
                                1_700_000_000_123L,
                                record.key(),
                                record.value(),
                                RawHeaders.of(raw)));
        assertThat(record.key()).asString(StandardCharsets.UTF_8).isEqualTo(INSTRUMENT.id());
        assertThat(record.value()).isSameAs(UPDATE);
        producer.completeNext();
        assertThat(counters.get(Count.PUBLISHED)).isEqualTo(1);
    }

    @Test
    void whatKafkaDoesNotTakeIsCountedAndNoted() {
        publish(1);
        publish(2);
        publish(3);
        producer.completeNext();
        producer.errorNext(new BufferExhaustedException("full"));
        producer.errorNext(new TimeoutException("late"));
        assertThat(counters.get(Count.EVENTS)).isEqualTo(3);
        assertThat(counters.get(Count.PUBLISHED)).isEqualTo(1);
        assertThat(counters.get(Count.DROPPED)).isEqualTo(1);
        assertThat(counters.get(Count.FAILED)).isEqualTo(1);
        assertThat(losses.takeSettled(System.nanoTime(), Duration.ZERO, Duration.ZERO))
                .extracting(
                        LossLedger.Loss::instrument,
                        LossLedger.Loss::cause,
                        LossLedger.Loss::first,
                        LossLedger.Loss::last,
                        LossLedger.Loss::events)
                .containsExactlyInAnyOrder(
                        tuple(INSTRUMENT, "producer buffer full", 5L, 9L, 1L),
                        tuple(
                                INSTRUMENT,
                                "not acknowledged by Kafka: TimeoutException",
                                5L,
                                9L,
                                1L));
    }

    @Test
    void aPictureThatKafkaDoesNotTakeIsCountedAndNotMissed() {
        publisher
                .route(
                        INSTRUMENT,
                        EventKind.PICTURES,
                        BinanceSpan.ofStream(EventKind.PICTURES, ExchangeTimeUnit.MICROSECONDS),
                        "币安usdt@depth20",
                        "a",
                        ExchangeTimeUnit.MICROSECONDS)
                .publish("{\"lastUpdateId\":5}".getBytes(StandardCharsets.UTF_8), 1);
        assertThat(producer.history().getFirst().topic()).isEqualTo("t.raw.depth");
        producer.errorNext(new TimeoutException("late"));
        assertThat(counters.get(Count.FAILED)).isEqualTo(1);
        assertThat(losses.takeSettled(System.nanoTime(), Duration.ZERO, Duration.ZERO)).isEmpty();
    }

    @Test
    void aClosedProducerIsALossLikeAnyOther() {
        producer.close();
        publish(1);
        assertThat(counters.get(Count.FAILED)).isEqualTo(1);
    }

    private void publish(long receivedNanos) {
        publisher
                .route(
                        INSTRUMENT,
                        EventKind.DEPTH,
                        BinanceSpan.ofStream(EventKind.DEPTH, ExchangeTimeUnit.MICROSECONDS),
                        "币安usdt@depth@100ms",
                        "a",
                        ExchangeTimeUnit.MICROSECONDS)
                .publish(UPDATE, receivedNanos);
    }
}
