package io.tapeline.aggregator.store;

import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import io.tapeline.schemas.wire.MalformedPayload;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads what {@link JournalWriter} wrote. */
final class JournalReader {

    private static final int MAX_SHIFT = 63;
    private static final int MORE_FOLLOW = 0x80;
    private static final int SEVEN_BITS = 0x7f;

    private final byte[] bytes;
    private int at;

    JournalReader(byte[] bytes) {
        this.bytes = bytes;
    }

    int tag() throws MalformedPayload {
        if (at >= bytes.length) {
            throw endsEarly();
        }
        return bytes[at++];
    }

    long unsigned() throws MalformedPayload {
        long value = 0;
        for (int shift = 0; shift <= MAX_SHIFT; shift += 7) {
            int next = tag();
            value |= (long) (next & SEVEN_BITS) << shift;
            if ((next & MORE_FOLLOW) == 0) {
                return value;
            }
        }
        throw new MalformedPayload("book journal: a number of more than 64 bits before byte " + at);
    }

    long signed() throws MalformedPayload {
        long value = unsigned();
        return (value >>> 1) ^ -(value & 1);
    }

    /** A number of things that follow, each of which takes at least a byte. */
    int count() throws MalformedPayload {
        long count = unsigned();
        if (count < 0 || count > bytes.length - at) {
            throw endsEarly();
        }
        return (int) count;
    }

    String text() throws MalformedPayload {
        int length = count();
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    /** As many as are counted before them. */
    byte[] bytes() throws MalformedPayload {
        int length = count();
        byte[] copy = Arrays.copyOfRange(bytes, at, at + length);
        at += length;
        return copy;
    }

    void skip(int count) {
        at += count;
    }

    String rest() {
        String text = new String(bytes, at, bytes.length - at, StandardCharsets.UTF_8);
        at = bytes.length;
        return text;
    }

    Levels levels() throws MalformedPayload {
        int size = count();
        if (tag() != 0) {
            List<Price> prices = new ArrayList<>(size);
            List<Quantity> quantities = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                prices.add(Price.of(text()));
                quantities.add(Quantity.of(text()));
            }
            return Levels.of(prices, quantities);
        }
        int priceScale = scale();
        int quantityScale = scale();
        long[] prices = new long[size];
        long[] quantities = new long[size];
        long previous = 0;
        for (int i = 0; i < size; i++) {
            previous += signed();
            prices[i] = previous;
            quantities[i] = unsigned();
        }
        return Levels.compact(size, priceScale, quantityScale, prices, quantities);
    }

    int scale() throws MalformedPayload {
        long scale = unsigned();
        if (scale < 0 || scale > Byte.MAX_VALUE) {
            throw new MalformedPayload("book journal: scale " + scale + " before byte " + at);
        }
        return (int) scale;
    }

    private MalformedPayload endsEarly() {
        return new MalformedPayload(
                "book journal: ends before byte " + at + " of " + bytes.length + " was enough");
    }
}
