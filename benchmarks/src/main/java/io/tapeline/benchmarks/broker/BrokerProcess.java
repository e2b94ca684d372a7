package io.tapeline.benchmarks.broker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A broker in a process of its own, over a directory that goes with it. */
public final class BrokerProcess implements AutoCloseable {

    private static final int HEAP_MEGABYTES = 1_024;
    private static final long STOP_SECONDS = 20;

    private final Process process;
    private final Path directory;
    private final String bootstrap;

    private BrokerProcess(Process process, Path directory, String bootstrap) {
        this.process = process;
        this.directory = directory;
        this.bootstrap = bootstrap;
    }

    /**
     * Returns once it answers.
     *
     * @throws IOException if it ends before that
     */
    public static BrokerProcess start() throws IOException {
        Path directory = Files.createTempDirectory("tapeline-bench-");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx" + HEAP_MEGABYTES + "m",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                BrokerMain.class.getName(),
                                directory.resolve("kafka").toString())
                        .redirectError(directory.resolve("broker.log").toFile())
                        .start();
        BufferedReader output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(BrokerMain.READY)) {
                Thread.ofVirtual().start(() -> drain(output));
                return new BrokerProcess(
                        process, directory, line.substring(BrokerMain.READY.length()));
            }
        }
        throw new IOException("the broker ended before it was ready; see " + directory);
    }

    /** What it prints later is of no interest, and must not fill the pipe. */
    private static void drain(BufferedReader output) {
        output.lines().forEach(line -> {});
    }

    public String bootstrap() {
        return bootstrap;
    }

    /** A directory that is removed with the broker's. */
    public Path directory() {
        return directory;
    }

    public Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
