package io.tapeline.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process of its own that captures, and can be killed. */
final class CaptureProcess {

    private static final Pattern LINES = Pattern.compile("\nlines (\\d+)\n");

    private final Process process;

    private CaptureProcess(Process process) {
        this.process = process;
    }

    /**
     * @param said where its output is added to
     */
    static CaptureProcess start(List<String> words, Path said) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx192m",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                TapelineTapes.class.getName(),
                                "capture"));
        command.addAll(words);
        return new CaptureProcess(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(said.toFile()))
                        .start());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** As {@code kill -9} does; it is gone when this returns. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new AssertionError("it outlives a kill");
        }
    }

    /** How many lines the directory's capture would not write again. */
    static long durableLines(Path out) {
        try {
            Path file = out.resolve("capture.checkpoint");
            if (!Files.exists(file)) {
                return 0;
            }
            Matcher lines = LINES.matcher(Files.readString(file));
            return lines.find() ? Long.parseLong(lines.group(1)) : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
