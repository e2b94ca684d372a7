package io.tapeline.fuzz;

import java.util.Base64;
import java.util.List;
import java.util.Random;

/**
 * The short run of every build: nothing, a target's seeds, and up to some thousand inputs made of
 * them.
 */
public final class Rehearsal {

    private static final String PROPERTY = "tapeline.test.seed";
    private static final int MUTANTS = 3_000;

    /** Some read files, which takes its time. */
    private static final long MOST_NANOS = 200_000_000;

    private Rehearsal() {}

    /**
     * @throws AssertionError with the input, in Base64, that found something
     */
    public static void of(Target target) {
        long seed = Long.getLong(PROPERTY, System.nanoTime());
        System.out.println(target.name() + ": -D" + PROPERTY + "=" + seed);
        read(target, new byte[0]);
        List<byte[]> seeds = target.seeds();
        seeds.forEach(each -> read(target, each));
        Mutator mutator = new Mutator(seeds, target.words(), new Random(seed));
        long began = System.nanoTime();
        for (int i = 0; i < MUTANTS && System.nanoTime() - began < MOST_NANOS; i++) {
            read(target, mutator.next());
        }
    }

    private static void read(Target target, byte[] input) {
        try {
            target.read(input);
        } catch (Exception | AssertionError | StackOverflowError e) {
            throw new AssertionError(
                    "target "
                            + target.name()
                            + ", input "
                            + Base64.getEncoder().encodeToString(input)
                            + ": "
                            + e,
                    e);
        }
    }
}
