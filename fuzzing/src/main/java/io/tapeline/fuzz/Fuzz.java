package io.tapeline.fuzz;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The long run: each target for a time, one after the other. Ends with 1 where something was found,
 * with 2 where the arguments are wrong, with 3 where nothing was found but a target could not be
 * run to its end.
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
        int ended = run(options, out);
        if (ended != 0) {
            System.exit(ended);
        }
    }

    private static int run(FuzzOptions options, PrintStream out)
            throws IOException, InterruptedException {
        List<String> found = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        for (int i = 0; i < options.targets().size(); i++) {
            Target target = options.targets().get(i);
            String name = target.name();
            out.printf("%s (%d of %d)%n", name, i + 1, options.targets().size());
            switch (new LongRun(target, options, out).run()) {
                case Outcome.Clean(long inputs) ->
                        out.printf(
                                "  %s: %d s, %d inputs, nothing found%n",
                                name, options.time().toSeconds(), inputs);
                case Outcome.Found(Path log) -> {
                    found.add(name);
                    out.printf("  %s: FOUND something, see %s%n", name, log);
                }
                case Outcome.Failed(String why, Path log) -> {
                    failed.add(name);
                    out.printf("  %s: not run to the end: %s, see %s%n", name, why, log);
                }
            }
        }
        if (found.isEmpty() && failed.isEmpty()) {
            out.println(options.targets().size() + " targets, nothing found");
            return 0;
        }
        if (!failed.isEmpty()) {
            out.println("not run to the end: " + String.join(", ", failed));
        }
        if (!found.isEmpty()) {
            out.println("found something: " + String.join(", ", found));
        }
        return found.isEmpty() ? 3 : 1;
    }
}
