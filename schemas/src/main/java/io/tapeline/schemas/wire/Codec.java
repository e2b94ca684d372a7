package io.tapeline.schemas.wire;

/**
 * Values of one topic to bytes and back. Thread-safe.
 *
 * @param <V> the value
 */
public interface Codec<V> {

    byte[] encode(V value);

    /**
     * The value that the bytes stand for.
     *
     * @throws MalformedPayload if the bytes are not of this codec's message, or not a value that
     *     may be
     */
    V decode(byte[] bytes) throws MalformedPayload;
}
