package io.tapeline.aggregator.topology;

import com.google.protobuf.ByteString;
import io.tapeline.aggregator.line.LineFlow;
import io.tapeline.aggregator.line.LineKind;
import io.tapeline.aggregator.line.LineTally;
import io.tapeline.aggregator.sync.RecordSource;
import io.tapeline.aggregator.tap.Kind;
import io.tapeline.aggregator.tap.Tap;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.DeadLetter;
import io.tapeline.schemas.raw.RawHeaders;
import io.tapeline.schemas.raw.RawRecord;
import io.tapeline.schemas.wire.MalformedPayload;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * What every processor of a raw topic does first: read the headers, decode the payload, and turn
 * what cannot be read into a dead letter. A bad record never stops the flow.
 *
 * @param <V> what the topic's payloads tell
 */
abstract class RawProcessor<V> implements Processor<byte[], byte[], byte[], Object> {

    private static final int MOST_RECENT_LINES = 8;

    private final RawDecoder<V> decoder;
    private final FlowCounters counters;
    private final Tap tap;
    private final LineKind kind;
    private final Flow received;
    private final Flow dead;
    private final List<LineTally> recentLines = new ArrayList<>();
    private @Nullable ProcessorContext<byte[], Object> context;
    private CatchUp.@Nullable Progress progress;

    RawProcessor(
            RawDecoder<V> decoder,
            FlowCounters counters,
            Tap tap,
            LineKind kind,
            Flow received,
            Flow dead) {
        this.decoder = decoder;
        this.counters = counters;
        this.tap = tap;
        this.kind = kind;
        this.received = received;
        this.dead = dead;
    }

    @Override
    public void init(ProcessorContext<byte[], Object> processorContext) {
        context = processorContext;
        progress = counters.catchUp().begins(kind, processorContext.taskId().partition());
        tap.gone(followed(), processorContext.taskId().partition());
    }

    @Override
    public void close() {
        if (progress != null) {
            tap.gone(followed(), context().taskId().partition());
            counters.catchUp().ends(kind, context().taskId().partition(), progress);
        }
    }

    final ProcessorContext<byte[], Object> context() {
        return Objects.requireNonNull(context, "not initialised");
    }

    private Kind followed() {
        return switch (kind) {
            case DEPTH -> Kind.BOOKS;
            case KLINES -> Kind.CANDLES;
            case TICKERS -> Kind.TICKERS;
        };
    }

    /** Told what is accepted. */
    final Tap tap() {
        return tap;
    }

    final FlowCounters counters() {
        return counters;
    }

    /** What became of a record: once for the flow, once for the line that brought it. */
    final void count(Flow flow, LineTally line, LineFlow ofLine) {
        counters.count(flow);
        line.count(ofLine);
    }

    final EpochMicros now() {
        return EpochMicros.ofMillis(context().currentSystemTimeMs());
    }

    @Override
    public final void process(Record<byte[], byte[]> record) {
        counters.count(received);
        RecordMetadata metadata = context().recordMetadata().orElseThrow();
        process(record, metadata);
        Objects.requireNonNull(progress, "not initialised").processed(metadata.offset());
    }

    private void process(Record<byte[], byte[]> record, RecordMetadata metadata) {
        @Nullable V value;
        RecordSource source;
        // A record whose headers cannot be read is of no line.
        @Nullable LineTally line = null;
        try {
            RawRecord raw = read(record);
            line = lineOf(raw);
            line.count(LineFlow.RECEIVED);
            line.receivedAt(raw.received());
            source =
                    new RecordSource(
                            metadata.partition(), metadata.offset(), raw.received().toMicros());
            value = decoder.decode(raw);
        } catch (MalformedPayload | IllegalArgumentException e) {
            counters.count(dead);
            if (line != null) {
                line.count(LineFlow.MALFORMED);
            }
            forward(record, deadLetters(), deadLetter(record, metadata, e));
            return;
        }
        accept(record, value, source, line);
    }

    private String deadLetters() {
        return switch (kind) {
            case DEPTH -> TopologyNames.DEAD_LETTERS;
            case KLINES, TICKERS -> TopologyNames.MARKET_DEAD_LETTERS;
        };
    }

    /** Nearly always one of a few. */
    private LineTally lineOf(RawRecord raw) {
        for (LineTally each : recentLines) {
            if (each.isOf(raw.instrument().venue(), raw.line())) {
                return each;
            }
        }
        LineTally line = counters.lines().of(raw.instrument().venue(), raw.line(), kind);
        if (recentLines.size() < MOST_RECENT_LINES
                && line.isOf(raw.instrument().venue(), raw.line())) {
            recentLines.add(line);
        }
        return line;
    }

    /**
     * Takes in what a record tells.
     *
     * @param line that brought it; told, once, what became of it
     */
    abstract void accept(
            Record<byte[], byte[]> record, V value, RecordSource source, LineTally line);

    final void forward(Record<byte[], byte[]> cause, String child, Object value) {
        context().forward(new Record<>(cause.key(), value, cause.timestamp()), child);
    }

    /** Where time passing, not a record, is the cause. */
    final void forward(Instrument instrument, String child, Object value) {
        byte[] key = instrument.id().getBytes(StandardCharsets.UTF_8);
        context().forward(new Record<>(key, value, context().currentSystemTimeMs()), child);
    }

    static RawRecord read(Record<byte[], byte[]> record) {
        if (record.key() == null || record.value() == null) {
            throw new IllegalArgumentException("raw record: without a key or a value");
        }
        Instrument instrument = Instrument.parse(new String(record.key(), StandardCharsets.UTF_8));
        return RawHeaders.read(instrument, record.value(), record.headers());
    }

    private DeadLetter deadLetter(
            Record<byte[], byte[]> record, RecordMetadata metadata, Exception failure) {
        return DeadLetter.newBuilder()
                .setTopic(metadata.topic())
                .setPartition(metadata.partition())
                .setOffset(metadata.offset())
                .setKey(bytes(record.key()))
                .setValue(bytes(record.value()))
                .setStream(header(record, RawHeaders.STREAM))
                .setLine(header(record, RawHeaders.LINE))
                .setReason(String.valueOf(failure.getMessage()))
                .setFailedUs(now().value())
                .build();
    }

    private static ByteString bytes(byte @Nullable [] bytes) {
        return bytes == null ? ByteString.EMPTY : ByteString.copyFrom(bytes);
    }

    private static String header(Record<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null
                ? ""
                : new String(header.value(), StandardCharsets.UTF_8);
    }
}
