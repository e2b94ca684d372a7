package io.tapeline.aggregator.store;

import io.tapeline.aggregator.price.KnownPrice;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.wire.Codec;
import io.tapeline.schemas.wire.LatestPriceCodec;
import io.tapeline.schemas.wire.MalformedPayload;
import java.nio.ByteBuffer;

/**
 * {@code version(1) confirmed us(8)}, big-endian, then the price as in its topic. An older form is
 * the price alone, whose first byte is that of its first field.
 */
public final class KnownPriceCodec implements Codec<KnownPrice> {

    private static final byte VERSION = 2;
    private static final int HEADER = 1 + Long.BYTES;
    private static final byte PRICE_ALONE = 0x0a;

    private final LatestPriceCodec prices = new LatestPriceCodec();

    @Override
    public byte[] encode(KnownPrice known) {
        byte[] price = prices.encode(known.price());
        return ByteBuffer.allocate(HEADER + price.length)
                .put(VERSION)
                .putLong(known.confirmed().value())
                .put(price)
                .array();
    }

    @Override
    public KnownPrice decode(byte[] bytes) throws MalformedPayload {
        if (bytes.length > 0 && bytes[0] == PRICE_ALONE) {
            return KnownPrice.of(prices.decode(bytes));
        }
        if (bytes.length < HEADER || bytes[0] != VERSION) {
            throw new MalformedPayload(
                    "stored price: " + bytes.length + " bytes are not of version " + VERSION);
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
        EpochMicros confirmed = new EpochMicros(in.getLong());
        byte[] rest = new byte[in.remaining()];
        in.get(rest);
        LatestPrice price = prices.decode(rest);
        if (price.eventTime().isAfter(confirmed)) {
            throw new MalformedPayload("stored price: confirmed before its event time");
        }
        return new KnownPrice(price, confirmed);
    }
}
