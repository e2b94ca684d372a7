package io.tapeline.schemas.wire;

import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * A codec as Kafka's clients and Streams want it. Null, a compacted topic's tombstone, stays null;
 * malformed bytes are a {@link SerializationException} whose cause is the {@link MalformedPayload}.
 */
public final class CodecSerde<V> implements Serde<V> {

    private final Codec<V> codec;

    public CodecSerde(Codec<V> codec) {
        this.codec = codec;
    }

    @Override
    public Serializer<V> serializer() {
        return (topic, value) -> encode(value);
    }

    @Override
    public Deserializer<V> deserializer() {
        return CodecSerde.this::decode;
    }

    // Kafka's interfaces are not annotated: both take and give null for a tombstone.
    @SuppressWarnings("NullAway")
    private byte[] encode(@Nullable V value) {
        return value == null ? null : codec.encode(value);
    }

    @SuppressWarnings("NullAway")
    private V decode(String topic, byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        try {
            return codec.decode(bytes);
        } catch (MalformedPayload e) {
            throw new SerializationException(topic + ": " + e.getMessage(), e);
        }
    }
}
