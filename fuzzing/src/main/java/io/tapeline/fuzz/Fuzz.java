package io.tapeline.fuzz;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The long run: each target for a time, one after the other. Ends with 1 where something was found,
 * with 2 where the arguments are wrong.
 */
public final class Fuzz {

    private Fuzz() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        PrintStream out = System.out;
        if (Arrays.asList(arguments).contains("--help")) {
            out.print(FuzzOptions.USAGE);
            Targets.all().forEach(target -> out.println("  " + target.name()));
            return;
        }
        FuzzOptions options;
        try {
            options = FuzzOptions.of(List.of(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.print(FuzzOptions.USAGE);
            System.exit(2);
            return;
        }
        if (!run(options, out)) {
            System.exit(1);
        }
    }

    /** Whether nothing was found. */
    private static boolean run(FuzzOptions options, PrintStream out)
            throws IOException, InterruptedException {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < options.targets().size(); i++) {
            Target target = options.targets().get(i);
            out.printf("%s (%d of %d)%n", target.name(), i + 1, options.targets().size());
            switch (new LongRun(target, options, out).run()) {
                case LongRun.Outcome.Clean(long inputs) ->
                        out.printf("  %s: %d inputs, nothing found%n", target.name(), inputs);
                case LongRun.Outcome.Found(var log) -> {
                    found.add(target.name());
                    out.printf("  %s: FOUND something, see %s%n", target.name(), log);
                }
            }
        }
        out.println(
                found.isEmpty()
                        ? options.targets().size() + " targets, nothing found"
                        : "found something: " + String.join(", ", found));
        return found.isEmpty();
    }
}
