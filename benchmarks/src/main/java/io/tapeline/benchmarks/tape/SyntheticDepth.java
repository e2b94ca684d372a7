package io.tapeline.benchmarks.tape;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Made-up diffs: levels clustered near the top, a third of them removals, around a middle that
 * stays where it is. No sequence of them crosses the book, so that a tape may be played again from
 * its beginning when its ids are carried on.
 */
public final class SyntheticDepth {

    public static final String SYMBOL = "SYNTHUSDT";

    /** Digits of a time in microseconds, and of an id: all payloads have them at one width. */
    private static final long FIRST_MICROS = 1_723_161_253_000_000L;

    private static final long FIRST_ID = 50_000_000_000L;
    private static final int MIDDLE_TICKS = 6_183_750;
    private static final int SNAPSHOT_LEVELS = 1_000;
    private static final double TICKS_FROM_TOP = 60;
    private static final int MOST_LEVELS = 60;

    private final long seed;
    private final int levels;
    private final int count;
    private final boolean micros;
    private final Random random;

    /**
     * @param levels how many a side a diff has on average
     * @param count of diffs
     * @param micros whether times are microseconds; else milliseconds
     */
    public SyntheticDepth(long seed, int levels, int count, boolean micros) {
        this.seed = seed;
        this.levels = levels;
        this.count = count;
        this.micros = micros;
        this.random = new Random(seed);
    }

    /** As large as those of the busiest symbol. */
    static SyntheticDepth busy() {
        return new SyntheticDepth(20_261_121, 20, 6_000, false);
    }

    /** As large as those of a whole market are on average, some 300 bytes. */
    public static SyntheticDepth usual() {
        return new SyntheticDepth(20_261_122, 3, 6_000, false);
    }

    public DepthTape tape() {
        StringBuilder snapshot = new StringBuilder();
        snapshot.append("{\"lastUpdateId\":").append(FIRST_ID).append(",\"bids\":[");
        for (int i = 1; i <= SNAPSHOT_LEVELS; i++) {
            level(snapshot, i, MIDDLE_TICKS - i, false);
        }
        snapshot.append("],\"asks\":[");
        for (int i = 1; i <= SNAPSHOT_LEVELS; i++) {
            level(snapshot, i, MIDDLE_TICKS + i, false);
        }
        snapshot.append("]}");
        List<String> diffs = new ArrayList<>(count);
        long id = FIRST_ID;
        for (int i = 0; i < count; i++) {
            long last = id + 1 + random.nextInt(2 * levels);
            diffs.add(diff(i, id + 1, last));
            id = last;
        }
        return new DepthTape(
                "made-up diffs of %d levels a side on average (seed %d)".formatted(levels, seed),
                SYMBOL,
                snapshot.toString(),
                diffs);
    }

    private String diff(int index, long first, long last) {
        long time = FIRST_MICROS + index * 100_000L;
        StringBuilder out = new StringBuilder("{\"e\":\"depthUpdate\",\"E\":");
        out.append(micros ? time : time / 1_000);
        out.append(",\"s\":\"").append(SYMBOL).append("\",\"U\":").append(first);
        out.append(",\"u\":").append(last).append(",\"b\":[");
        side(out, -1);
        out.append("],\"a\":[");
        side(out, 1);
        return out.append("]}").toString();
    }

    private void side(StringBuilder out, int sign) {
        int size = Math.min(MOST_LEVELS, 1 + (int) exponential(levels - 0.5));
        for (int i = 1; i <= size; i++) {
            int away = 1 + (int) exponential(TICKS_FROM_TOP);
            level(out, i, MIDDLE_TICKS + sign * away, random.nextInt(3) == 0);
        }
    }

    private double exponential(double mean) {
        return -mean * Math.log(1 - random.nextDouble());
    }

    private void level(StringBuilder out, int number, int ticks, boolean removal) {
        out.append(number == 1 ? "[\"" : ",[\"").append(ticks / 100).append('.');
        out.append((char) ('0' + ticks / 10 % 10)).append((char) ('0' + ticks % 10));
        out.append("000000\",\"");
        if (removal) {
            out.append("0.00000000");
        } else {
            out.append(random.nextInt(5)).append('.').append(10_000 + random.nextInt(90_000));
            out.append("000");
        }
        out.append("\"]");
    }
}
