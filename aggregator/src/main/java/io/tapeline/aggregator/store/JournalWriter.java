package io.tapeline.aggregator.store;

import io.tapeline.schemas.market.Levels;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Grows a record of the book journal: unsigned and zigzag varints, texts with their length before
 * them. Reused from record to record.
 */
final class JournalWriter {

    private static final int INITIAL_CAPACITY = 1 << 10;
    private static final int MORE_FOLLOW = 0x80;
    private static final int SEVEN_BITS = 0x7f;

    private byte[] bytes = new byte[INITIAL_CAPACITY];
    private int size;

    void clear() {
        size = 0;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    void tag(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    void unsigned(long value) {
        reserve(10);
        long rest = value;
        while ((rest & ~(long) SEVEN_BITS) != 0) {
            bytes[size++] = (byte) (rest & SEVEN_BITS | MORE_FOLLOW);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    void signed(long value) {
        unsigned((value << 1) ^ (value >> (Long.SIZE - 1)));
    }

    void text(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        unsigned(encoded.length);
        raw(encoded);
    }

    void raw(byte[] encoded) {
        reserve(encoded.length);
        System.arraycopy(encoded, 0, bytes, size, encoded.length);
        size += encoded.length;
    }

    /** In the order given; mantissas where they are compact, else texts. */
    void levels(Levels levels) {
        unsigned(levels.size());
        tag(levels.isCompact() ? 0 : 1);
        if (!levels.isCompact()) {
            for (int i = 0; i < levels.size(); i++) {
                text(levels.price(i).toString());
                text(levels.quantity(i).toString());
            }
            return;
        }
        unsigned(levels.priceScale());
        unsigned(levels.quantityScale());
        long previous = 0;
        for (int i = 0; i < levels.size(); i++) {
            signed(levels.priceMantissa(i) - previous);
            unsigned(levels.quantityMantissa(i));
            previous = levels.priceMantissa(i);
        }
    }

    private void reserve(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
        }
    }
}
