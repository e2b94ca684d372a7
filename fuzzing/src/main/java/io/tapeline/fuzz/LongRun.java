package io.tapeline.fuzz;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One target by Jazzer, in a process of its own, told of in a line now and then. */
final class LongRun {

    private static final Duration TELL_EVERY = Duration.ofSeconds(15);

    /** An input that takes longer is a finding; the first one loads and instruments all classes. */
    private static final Duration SLOW = Duration.ofSeconds(30);

    /** More than a target needs by far: what takes more is a finding. */
    private static final String HEAP = "-Xmx512m";

    private static final String HEAP_AND_MORE_MEGABYTES = "2048";

    /** {@code #123 NEW cov: 45 ft: 67 corp: 8/90b ... exec/s: 1234 rss: ...} */
    private static final Pattern PULSE =
            Pattern.compile("#(\\d+)\\s.*cov: (\\d+) .*corp: (\\d+).*exec/s: (\\d+).*");

    private final Target target;
    private final FuzzOptions options;
    private final PrintStream out;

    /** How it went. */
    sealed interface Outcome {

        record Clean(long inputs) implements Outcome {}

        /**
         * @param log of the process, which names the file of the input
         */
        record Found(Path log) implements Outcome {}
    }

    LongRun(Target target, FuzzOptions options, PrintStream out) {
        this.target = target;
        this.options = options;
        this.out = out;
    }

    Outcome run() throws IOException, InterruptedException {
        Path directory = options.directory().resolve(target.name());
        Path corpus = Files.createDirectories(directory.resolve("corpus"));
        List<byte[]> seeds = target.seeds();
        for (int i = 0; i < seeds.size(); i++) {
            Files.write(corpus.resolve("seed-" + i), seeds.get(i));
        }
        Path words = directory.resolve("words");
        Files.write(words, target.words().stream().map(LongRun::quoted).toList());
        Path log = directory.resolve("log");
        Process process =
                new ProcessBuilder(command(directory, corpus, words))
                        .redirectErrorStream(true)
                        .start();
        Thread ending = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(ending);
        try {
            long inputs = follow(process, log);
            int ended = process.waitFor();
            if (ended != 0 && inputs == 0) {
                throw new IllegalStateException(
                        "Jazzer did not begin: it ended with " + ended + ", see " + log);
            }
            return ended == 0 ? new Outcome.Clean(inputs) : new Outcome.Found(log);
        } finally {
            Runtime.getRuntime().removeShutdownHook(ending);
            process.destroyForcibly();
        }
    }

    private List<String> command(Path directory, Path corpus, Path words) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        HEAP,
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-XX:+EnableDynamicAgentLoading",
                        "-Djdk.attach.allowAttachSelf=true",
                        "-D" + Jazzered.PROPERTY + "=" + target.name(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + Jazzered.class.getName(),
                        "--instrumentation_includes=io.tapeline.**",
                        // Not what compares: a finding there would be another's.
                        "--instrumentation_excludes=io.tapeline.fuzz.**",
                        "--reproducer_path=" + directory,
                        "-artifact_prefix=" + directory + "/",
                        "-max_total_time=" + options.time().toSeconds(),
                        "-timeout=" + SLOW.toSeconds(),
                        "-rss_limit_mb=" + HEAP_AND_MORE_MEGABYTES,
                        "-use_value_profile=1",
                        corpus.toString()));
        if (!target.words().isEmpty()) {
            command.add("-dict=" + words); // one that is empty is refused
        }
        return command;
    }

    /** A line of libFuzzer's dictionaries. */
    private static String quoted(String word) {
        StringBuilder line = new StringBuilder("\"");
        HexFormat hex = HexFormat.of();
        for (byte b : word.getBytes(StandardCharsets.UTF_8)) {
            line.append("\\x").append(hex.toHexDigits(b));
        }
        return line.append('"').toString();
    }

    /**
     * @return how many inputs were read
     */
    private long follow(Process process, Path log) throws IOException {
        long began = System.nanoTime();
        long told = began;
        long inputs = 0;
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
                var written = Files.newBufferedWriter(log)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                written.write(line);
                written.newLine();
                written.flush();
                Matcher pulse = PULSE.matcher(line);
                if (pulse.matches()) {
                    inputs = Long.parseLong(pulse.group(1));
                    long now = System.nanoTime();
                    if (now - told >= TELL_EVERY.toNanos()) {
                        told = now;
                        tell(pulse, Duration.ofNanos(now - began));
                    }
                }
            }
        }
        return inputs;
    }

    private void tell(Matcher pulse, Duration gone) {
        out.printf(
                "  %s: %d of %d s, %s inputs, %s places reached, %s inputs kept, %s a second%n",
                target.name(),
                gone.toSeconds(),
                options.time().toSeconds(),
                pulse.group(1),
                pulse.group(2),
                pulse.group(3),
                pulse.group(4));
    }
}
