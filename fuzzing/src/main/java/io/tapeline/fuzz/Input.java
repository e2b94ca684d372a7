package io.tapeline.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An input taken apart, for targets that want more than one thing of it. */
public final class Input {

    private final byte[] bytes;
    private int at;

    public Input(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The next byte as a number below {@code bound}, which is at most 256; 0 at the end. */
    public int below(int bound) {
        return at < bytes.length ? (bytes[at++] & 0xff) % bound : 0;
    }

    /** What is left. */
    public byte[] rest() {
        byte[] rest = Arrays.copyOfRange(bytes, at, bytes.length);
        at = bytes.length;
        return rest;
    }

    /** What is left, as UTF-8. */
    public String text() {
        return new String(rest(), StandardCharsets.UTF_8);
    }

    /** What is left, cut at each byte of that value. */
    public List<byte[]> parts(int separator) {
        List<byte[]> parts = new ArrayList<>();
        int from = at;
        for (int i = at; i < bytes.length; i++) {
            if ((bytes[i] & 0xff) == separator) {
                parts.add(Arrays.copyOfRange(bytes, from, i));
                from = i + 1;
            }
        }
        parts.add(Arrays.copyOfRange(bytes, from, bytes.length));
        at = bytes.length;
        return parts;
    }

    /** The input of which {@link #below} gives {@code choice} and the rest is the text. */
    public static byte[] of(int choice, String rest) {
        return of(choice, rest.getBytes(StandardCharsets.UTF_8));
    }

    /** The input of which {@link #below} gives {@code choice} and then the rest. */
    public static byte[] of(int choice, byte[] rest) {
        byte[] input = new byte[rest.length + 1];
        input[0] = (byte) choice;
        System.arraycopy(rest, 0, input, 1, rest.length);
        return input;
    }
}
