package io.tapeline.fuzz;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a run was asked for.
 *
 * @param targets by name; all where none is named
 * @param time of each target
 * @param directory of what was found, and of the inputs that go far
 */
record FuzzOptions(List<Target> targets, Duration time, Path directory) {

    static final String USAGE =
            """
            Usage: ./tapeline fuzz [TARGET...] [--for TIME] [--in DIRECTORY]
              TARGET      one or more of the targets below; all of them where none is named
              --for       time of each, such as 45s, 10m or 1h; 10m
              --in        where inputs that go far are kept, and what was found; fuzzing/target/fuzz
            """;

    private static final Pattern TIME = Pattern.compile("([1-9][0-9]{0,5})([smh])");

    FuzzOptions {
        targets = List.copyOf(targets);
    }

    /**
     * @throws IllegalArgumentException saying which argument is wrong
     */
    static FuzzOptions of(List<String> arguments) {
        List<Target> targets = new ArrayList<>();
        Duration time = Duration.ofMinutes(10);
        Path directory = Path.of("fuzzing", "target", "fuzz");
        for (int i = 0; i < arguments.size(); i++) {
            switch (arguments.get(i)) {
                case "--for" -> time = time(after(arguments, i++));
                case "--in" -> directory = Path.of(after(arguments, i++));
                default -> targets.add(Targets.named(arguments.get(i)));
            }
        }
        return new FuzzOptions(targets.isEmpty() ? Targets.all() : targets, time, directory);
    }

    private static String after(List<String> arguments, int option) {
        if (option + 1 == arguments.size()) {
            throw new IllegalArgumentException(arguments.get(option) + ": needs a value");
        }
        return arguments.get(option + 1);
    }

    private static Duration time(String text) {
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            throw new IllegalArgumentException(
                    "--for: \"" + text + "\" is no time such as 45s, 10m or 1h");
        }
        long count = Long.parseLong(time.group(1));
        return switch (time.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            default -> Duration.ofHours(count);
        };
    }
}
