package io.tapeline.schemas.raw;

import io.tapeline.schemas.market.EpochNanos;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The headers of a raw record: {@code stream} and {@code line} as UTF-8, {@code rx} as an
 * eight-byte big-endian number of nanoseconds, {@code unit} as {@code ms} or {@code us}.
 */
public final class RawHeaders {

    public static final String STREAM = "stream";
    public static final String LINE = "line";
    public static final String RECEIVED = "rx";
    public static final String UNIT = "unit";

    private RawHeaders() {}

    public static Headers of(RawRecord record) {
        return new RecordHeaders()
                .add(STREAM, record.stream().getBytes(StandardCharsets.UTF_8))
                .add(LINE, record.line().getBytes(StandardCharsets.UTF_8))
                .add(
                        RECEIVED,
                        ByteBuffer.allocate(Long.BYTES).putLong(record.received().value()).array())
                .add(UNIT, record.unit().id().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The record that a payload and its headers make.
     *
     * @throws IllegalArgumentException naming the header that is missing or malformed
     */
    public static RawRecord read(Instrument instrument, byte[] payload, Headers headers) {
        byte[] rx = bytes(headers, RECEIVED);
        if (rx.length != Long.BYTES) {
            throw new IllegalArgumentException(
                    "raw record "
                            + instrument
                            + ": header "
                            + RECEIVED
                            + " has "
                            + rx.length
                            + " bytes, not "
                            + Long.BYTES);
        }
        return new RawRecord(
                instrument,
                payload,
                text(headers, STREAM),
                text(headers, LINE),
                new EpochNanos(ByteBuffer.wrap(rx).getLong()),
                ExchangeTimeUnit.of(text(headers, UNIT)));
    }

    private static String text(Headers headers, String name) {
        return new String(bytes(headers, name), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        if (header == null || header.value() == null) {
            throw new IllegalArgumentException("raw record: header " + name + " is missing");
        }
        return header.value();
    }
}
