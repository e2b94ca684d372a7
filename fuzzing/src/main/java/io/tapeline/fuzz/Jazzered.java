package io.tapeline.fuzz;

import java.time.Duration;

/** The target of this process as Jazzer calls it: by the names of these methods. */
public final class Jazzered {

    /** The target's class. */
    static final String PROPERTY = "tapeline.fuzz.target";

    /** A line of its own: how many inputs, and since the first how many seconds. */
    static final String READ = "tapeline.fuzz: read %d in %d s";

    private static final Duration TELL_EVERY = Duration.ofSeconds(15);

    private static final Target TARGET = Targets.ofClass(System.getProperty(PROPERTY, ""));

    private static long inputs;
    private static long beganNanos = System.nanoTime();
    private static long toldNanos = beganNanos;

    private Jazzered() {}

    /** Loads what inputs need, which takes longer than an input may. */
    public static void fuzzerInitialize() throws Exception {
        TARGET.read(new byte[0]);
        for (byte[] seed : TARGET.seeds()) {
            TARGET.read(seed);
        }
        beganNanos = System.nanoTime();
        toldNanos = beganNanos;
    }

    /** What it throws is a finding. */
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        TARGET.read(input);
        inputs++;
        long now = System.nanoTime();
        if (now - toldNanos >= TELL_EVERY.toNanos()) {
            toldNanos = now;
            System.out.println(
                    READ.formatted(inputs, Duration.ofNanos(now - beganNanos).toSeconds()));
        }
    }
}
