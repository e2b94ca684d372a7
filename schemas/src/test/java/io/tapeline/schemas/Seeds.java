package io.tapeline.schemas;

import java.util.Random;

/** Seeded randomness: another seed each run, printed, and given back by a system property. */
public final class Seeds {

    private static final String PROPERTY = "tapeline.test.seed";

    private Seeds() {}

    public static Random random(Class<?> test) {
        long seed = Long.getLong(PROPERTY, System.nanoTime());
        System.out.println(test.getSimpleName() + ": -D" + PROPERTY + "=" + seed);
        return new Random(seed);
    }

    /** Decimal text of up to 38 digits, sometimes with zeros in front or at the end. */
    public static String decimalText(Random random) {
        int digits = random.nextInt(10) < 7 ? 1 + random.nextInt(18) : 1 + random.nextInt(38);
        int zeros = random.nextInt(4) == 0 ? random.nextInt(digits) : 0;
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < digits; i++) {
            text.append((char) (i >= digits - zeros ? '0' : '0' + random.nextInt(10)));
        }
        int scale = random.nextInt(Math.min(digits, 20) + 1);
        if (scale == digits) {
            text.insert(0, '0');
        }
        return scale == 0 ? text.toString() : text.insert(text.length() - scale, '.').toString();
    }
}
