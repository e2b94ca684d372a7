package io.tapeline.chaos;

import java.util.List;

/** {@code ./tapeline chaos}: ends with 0 where all that was done to the installation was survived. */
public final class Chaos {

    private static final int WRONG_USAGE = 2;

    private Chaos() {}

    public static void main(String[] words) throws Exception {
        if (List.of(words).contains("--help")) {
            System.out.print(ChaosOptions.USAGE);
            return;
        }
        ChaosOptions options;
        try {
            options = ChaosOptions.of(List.of(words), System.nanoTime() >>> 20);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.print(ChaosOptions.USAGE);
            System.exit(WRONG_USAGE);
            return;
        }
        System.exit(new ChaosRun(options, System.out).run().isClean() ? 0 : 1);
    }
}
