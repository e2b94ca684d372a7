package io.tapeline.schemas.wire;

/** Bytes as they are: the raw topics. */
public final class VerbatimCodec implements Codec<byte[]> {

    @Override
    public byte[] encode(byte[] value) {
        return value;
    }

    @Override
    public byte[] decode(byte[] bytes) {
        return bytes;
    }
}
