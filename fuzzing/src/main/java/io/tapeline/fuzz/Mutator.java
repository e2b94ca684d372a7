package io.tapeline.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Inputs out of inputs: bytes changed, cut, doubled, and pieces of others put in. */
final class Mutator {

    private static final int MOST_BYTES = 8 << 10;
    private static final int MOST_CHANGES = 4;
    private static final int MOST_DOUBLINGS = 64;
    private static final byte[] USUAL =
            "{}[]\",:.-+eE\\u0129 \n\r\t;=&?%/\0".getBytes(StandardCharsets.US_ASCII);

    /** Where arithmetic goes wrong, as text. */
    private static final List<String> NUMBERS =
            List.of(
                    "9223372036854775807",
                    "9223372036854775808",
                    "-9223372036854775808",
                    "2147483648",
                    "-1",
                    "00",
                    "1e999",
                    "0.00000000000000000000000000000000000001",
                    "99999999999999999999999999999999999999");

    private final List<byte[]> inputs;
    private final List<byte[]> words;
    private final Random random;

    /**
     * @param inputs to begin with, at least one
     */
    Mutator(List<byte[]> inputs, List<String> words, Random random) {
        this.inputs = inputs;
        this.words =
                java.util.stream.Stream.concat(words.stream(), NUMBERS.stream())
                        .map(word -> word.getBytes(StandardCharsets.UTF_8))
                        .toList();
        this.random = random;
    }

    byte[] next() {
        byte[] input = any(inputs);
        for (int changes = 1 + random.nextInt(MOST_CHANGES); changes > 0; changes--) {
            input = changed(input);
        }
        return input.length > MOST_BYTES ? Arrays.copyOf(input, MOST_BYTES) : input;
    }

    private byte[] changed(byte[] in) {
        int at = random.nextInt(in.length + 1);
        int length = Math.min(random.nextInt(16), in.length - at);
        return switch (random.nextInt(9)) {
            case 0 -> Arrays.copyOf(in, at);
            case 1 -> put(in, at, Math.min(1, in.length - at), (byte) random.nextInt(256));
            case 2 -> put(in, at, 0, USUAL[random.nextInt(USUAL.length)]);
            case 3 -> put(in, at, Math.min(1, in.length - at), USUAL[random.nextInt(USUAL.length)]);
            case 4 -> put(in, at, length);
            case 5 -> put(in, at, length, any(words));
            case 6 -> put(in, at, 0, piece(in));
            case 7 -> put(in, at, length, piece(any(inputs)));
            default -> repeated(in, at);
        };
    }

    private byte[] repeated(byte[] in, int at) {
        byte[] piece = piece(in);
        byte[] out = in;
        for (int times = random.nextInt(MOST_DOUBLINGS); times > 0; times--) {
            out = put(out, at, 0, piece);
        }
        return out;
    }

    private byte[] piece(byte[] of) {
        int from = random.nextInt(of.length + 1);
        return Arrays.copyOfRange(
                of, from, Math.min(of.length, from + random.nextInt(of.length - from + 1)));
    }

    private byte[] any(List<byte[]> of) {
        return of.get(random.nextInt(of.size()));
    }

    private static byte[] put(byte[] in, int at, int removed, byte... inserted) {
        byte[] out = new byte[in.length - removed + inserted.length];
        System.arraycopy(in, 0, out, 0, at);
        System.arraycopy(inserted, 0, out, at, inserted.length);
        System.arraycopy(in, at + removed, out, at + inserted.length, in.length - at - removed);
        return out;
    }
}
