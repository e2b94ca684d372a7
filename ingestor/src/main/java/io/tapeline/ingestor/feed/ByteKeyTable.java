package io.tapeline.ingestor.feed;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map whose keys are looked up as ranges of bytes, so that an event's stream name
 * never becomes a {@link String}. Open addressing, at most half full.
 */
public final class ByteKeyTable<V> {

    private final byte[] @Nullable [] keys;
    private final @Nullable Object[] values;
    private final int mask;

    /** Keys are compared by their UTF-8 bytes. */
    public ByteKeyTable(Map<String, V> entries) {
        int capacity = Math.max(4, Integer.highestOneBit(Math.max(1, entries.size())) << 2);
        keys = new byte[capacity][];
        values = new Object[capacity];
        mask = capacity - 1;
        entries.forEach((key, value) -> put(key.getBytes(StandardCharsets.UTF_8), value));
    }

    private void put(byte[] key, V value) {
        int slot = hash(key, 0, key.length) & mask;
        while (keys[slot] != null) {
            slot = slot + 1 & mask;
        }
        keys[slot] = key;
        values[slot] = value;
    }

    /** The value of the key that stands at {@code from} inclusive to {@code to} exclusive. */
    @SuppressWarnings("unchecked")
    public @Nullable V find(byte[] text, int from, int to) {
        int slot = hash(text, from, to) & mask;
        for (byte[] key = keys[slot]; key != null; key = keys[slot]) {
            if (Arrays.equals(key, 0, key.length, text, from, to)) {
                return (V) values[slot];
            }
            slot = slot + 1 & mask;
        }
        return null;
    }

    private static int hash(byte[] text, int from, int to) {
        int hash = 1;
        for (int at = from; at < to; at++) {
            hash = 31 * hash + text[at];
        }
        return hash ^ hash >>> 15;
    }
}
