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

/** One target by Jazzer, in a process of its own, told of in a line now and then. */
final class LongRun {

    /** An input that takes longer is a finding, also on a machine that does other things too. */
    private static final Duration SLOW = Duration.ofSeconds(15);

    /** More than it takes to load, to read what is kept of earlier runs, and to end. */
    private static final Duration BESIDES = Duration.ofMinutes(5);

    /** More than a target needs by far: what takes more is a finding. */
    private static final String HEAP = "-Xmx512m";

    private static final String HEAP_AND_MORE_MEGABYTES = "2048";

    private final Target target;
    private final FuzzOptions options;
    private final PrintStream out;

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
            boundInTime(process);
            Course course = follow(process, log);
            return Outcome.of(process.waitFor(), course, log);
        } finally {
            Runtime.getRuntime().removeShutdownHook(ending);
            process.destroyForcibly();
        }
    }

    /** Jazzer keeps to its time; what it first loads has no bound by it. */
    private void boundInTime(Process process) {
        Duration most = options.time().plus(BESIDES);
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        if (!process.waitFor(most)) {
                            process.destroyForcibly();
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
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
                        "-D" + Jazzered.PROPERTY + "=" + target.getClass().getName(),
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

    private Course follow(Process process, Path log) throws IOException {
        Course course = new Course();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
                var written = Files.newBufferedWriter(log)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                written.write(line);
                written.newLine();
                written.flush();
                if (course.take(line)) {
                    tell(course);
                }
            }
        }
        return course;
    }

    private void tell(Course course) {
        out.printf(
                "  %s: %d of %d s, %d inputs, %d places reached, %d inputs kept%n",
                target.name(),
                course.seconds(),
                options.time().toSeconds(),
                course.inputs(),
                course.places(),
                course.kept());
    }
}
