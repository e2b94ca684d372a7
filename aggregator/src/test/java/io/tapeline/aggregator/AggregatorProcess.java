package io.tapeline.aggregator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An aggregator in a process of its own, which can be killed. */
final class AggregatorProcess implements AutoCloseable {

    private final Process process;

    private AggregatorProcess(Process process) {
        this.process = process;
    }

    static AggregatorProcess start(String bootstrap, String prefix, int partitions, Path dataDir)
            throws IOException {
        Files.createDirectories(dataDir);
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AggregatorProcess.class.getName(),
                        bootstrap,
                        prefix,
                        Integer.toString(partitions),
                        dataDir.toString());
        return new AggregatorProcess(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(
                                        dataDir.resolveSibling("aggregator.log").toFile()))
                        .start());
    }

    /** As kill -9. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            throw new AssertionError("process " + process.pid() + " outlived its kill");
        }
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }

    public static void main(String[] args) throws Exception {
        Aggregator.start(
                AggregatorSettings.of(args[0], Path.of(args[3]))
                        .withTopics(args[1], Integer.parseInt(args[2]))
                        .withStandbys(0)
                        .withSessionTimeout(Duration.ofSeconds(6))
                        .withReordering(Duration.ZERO));
        Thread.currentThread().join();
    }
}
