package io.tapeline.chaos;

import io.tapeline.chaos.plan.Plan;
import java.util.List;

/**
 * {@code ./tapeline chaos}: ends with 0 where all that was done to the installation was survived.
 */
public final class Chaos {

    private static final int WRONG_USAGE = 2;

    private static final String LOG_CONFIGURATION = "logback.configurationFile";

    private Chaos() {}

    /** The logging of the run, not of the services; to be set before the first logger. */
    static void logProblems() {
        if (System.getProperty(LOG_CONFIGURATION) == null) {
            System.setProperty(LOG_CONFIGURATION, "chaos-logback.xml");
        }
    }

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
        logProblems();
        ChaosRun run = new ChaosRun(options, new Plan(options.seed()), System.out);
        System.exit(run.run().isClean() ? 0 : 1);
    }
}
