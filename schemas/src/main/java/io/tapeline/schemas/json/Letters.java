package io.tapeline.schemas.json;

import io.tapeline.schemas.wire.MalformedPayload;

/** Which of an object's one-letter fields have been seen: a bit for each letter. */
public final class Letters {

    /** Letters of either case differ in their lowest six bits. */
    private static final int LETTER_OF_BIT_ZERO = 64;

    private Letters() {}

    public static long of(String letters) {
        return letters.chars().mapToLong(letter -> 1L << letter).reduce(0, (a, b) -> a | b);
    }

    public static boolean isLetter(int key) {
        return (key >= 'A' && key <= 'Z') || (key >= 'a' && key <= 'z');
    }

    /** Those seen, with one more, which must be new. */
    public static long add(JsonScanner in, long seen, int letter) throws MalformedPayload {
        long bit = 1L << letter;
        if ((seen & bit) != 0) {
            throw in.malformed(name(letter), "is there twice");
        }
        return seen | bit;
    }

    public static void require(JsonScanner in, long required, long seen) throws MalformedPayload {
        long missing = required & ~seen;
        if (missing != 0) {
            throw in.malformed(
                    name(Long.numberOfTrailingZeros(missing) + LETTER_OF_BIT_ZERO), "is missing");
        }
    }

    static String name(int letter) {
        return Character.toString(letter);
    }
}
