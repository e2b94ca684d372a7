package io.tapeline.aggregator.store;

import io.tapeline.aggregator.sync.RecordSource;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.wire.Codec;
import io.tapeline.schemas.wire.MalformedPayload;
import java.nio.ByteBuffer;

/**
 * {@code version(1) partition(4) offset(8) received us(8)}, big-endian, then the value by its own
 * codec.
 */
public final class SourcedCodec<V> implements Codec<Sourced<V>> {

    private static final byte VERSION = 1;
    private static final int HEADER = 1 + Integer.BYTES + Long.BYTES + Long.BYTES;

    private final Codec<V> codec;

    public SourcedCodec(Codec<V> codec) {
        this.codec = codec;
    }

    @Override
    public byte[] encode(Sourced<V> sourced) {
        byte[] value = codec.encode(sourced.value());
        return ByteBuffer.allocate(HEADER + value.length)
                .put(VERSION)
                .putInt(sourced.source().partition())
                .putLong(sourced.source().offset())
                .putLong(sourced.source().received().value())
                .put(value)
                .array();
    }

    @Override
    public Sourced<V> decode(byte[] bytes) throws MalformedPayload {
        if (bytes.length < HEADER || bytes[0] != VERSION) {
            throw new MalformedPayload(
                    "stored value: " + bytes.length + " bytes are not of version " + VERSION);
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
        RecordSource source =
                new RecordSource(in.getInt(), in.getLong(), new EpochMicros(in.getLong()));
        byte[] value = new byte[in.remaining()];
        in.get(value);
        return new Sourced<>(codec.decode(value), source);
    }
}
