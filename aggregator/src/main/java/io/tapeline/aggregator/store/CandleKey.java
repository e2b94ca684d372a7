package io.tapeline.aggregator.store;

import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import io.tapeline.schemas.wire.Codec;
import io.tapeline.schemas.wire.MalformedPayload;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A candle's key in its store. Encoded, the keys of one instrument and interval stand together, in
 * the order of their open times: {@code instrument 0 interval 0 open time us(8, big-endian)}.
 *
 * @param openTime not before 1970
 */
public record CandleKey(Instrument instrument, Interval interval, EpochMicros openTime) {

    public static final Codec<CandleKey> CODEC = new KeyCodec();

    public CandleKey {
        if (openTime.value() < 0) {
            throw new IllegalArgumentException(
                    "candle key " + instrument + ": open time " + openTime + " is before 1970");
        }
    }

    private static final class KeyCodec implements Codec<CandleKey> {

        @Override
        public byte[] encode(CandleKey key) {
            byte[] instrument = key.instrument.id().getBytes(StandardCharsets.UTF_8);
            byte[] interval = key.interval.id().getBytes(StandardCharsets.UTF_8);
            return ByteBuffer.allocate(instrument.length + interval.length + 2 + Long.BYTES)
                    .put(instrument)
                    .put((byte) 0)
                    .put(interval)
                    .put((byte) 0)
                    .putLong(key.openTime.value())
                    .array();
        }

        @Override
        public CandleKey decode(byte[] bytes) throws MalformedPayload {
            try {
                int first = indexOfZero(bytes, 0);
                int second = indexOfZero(bytes, first + 1);
                return new CandleKey(
                        Instrument.parse(text(bytes, 0, first)),
                        Interval.of(text(bytes, first + 1, second)),
                        new EpochMicros(ByteBuffer.wrap(bytes, second + 1, Long.BYTES).getLong()));
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                throw new MalformedPayload("candle key: " + e.getMessage(), e);
            }
        }

        private static int indexOfZero(byte[] bytes, int from) {
            for (int i = from; i < bytes.length; i++) {
                if (bytes[i] == 0) {
                    return i;
                }
            }
            throw new IndexOutOfBoundsException("no separator after byte " + from);
        }

        private static String text(byte[] bytes, int from, int to) {
            return new String(bytes, from, to - from, StandardCharsets.UTF_8);
        }
    }
}
