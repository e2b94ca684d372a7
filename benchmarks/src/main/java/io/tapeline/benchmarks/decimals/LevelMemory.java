package io.tapeline.benchmarks.decimals;

import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.market.Levels;
import java.lang.ref.Reference;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;

/** How many bytes of heap a level takes, price and quantity together, in each form. */
public final class LevelMemory {

    private static final int LEVELS = 1_024;
    private static final int SIDES = 256;

    private LevelMemory() {}

    /** Bytes a level, by form. */
    public static Map<String, Long> bytesPerLevel() {
        String[] texts = DecimalBenchmark.texts(new Random(20_261_121));
        measure(() -> longs(texts)); // what the JVM loads meanwhile is not the levels'
        Map<String, Long> bytes = new LinkedHashMap<>();
        bytes.put("Levels (longs)", measure(() -> longs(texts)));
        bytes.put("Decimal", measure(() -> pairs(texts, new Decimal[2 * LEVELS], Decimal::parse)));
        bytes.put(
                "BigDecimal",
                measure(() -> pairs(texts, new BigDecimal[2 * LEVELS], BigDecimal::new)));
        bytes.put(
                "String",
                measure(() ->
                        pairs(
                                texts,
                                new String[2 * LEVELS],
                                text -> new String(text.toCharArray()))));
        return bytes;
    }

    private static Object longs(String[] texts) {
        long[] prices = new long[LEVELS];
        long[] quantities = new long[LEVELS];
        for (int i = 0; i < LEVELS; i++) {
            prices[i] = Decimal.parse(texts[i]).mantissa();
            quantities[i] = prices[i];
        }
        return Levels.compact(LEVELS, 8, 8, prices, quantities);
    }

    private static <T> Object pairs(String[] texts, T[] values, Function<String, T> of) {
        for (int i = 0; i < values.length; i++) {
            values[i] = of.apply(texts[i % LEVELS]);
        }
        return values;
    }

    private static long measure(Supplier<Object> side) {
        Object[] sides = new Object[SIDES];
        long before = used();
        try {
            for (int i = 0; i < SIDES; i++) {
                sides[i] = side.get();
            }
            return Math.round((used() - before) / (double) (SIDES * LEVELS));
        } finally {
            Reference.reachabilityFence(sides);
        }
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
