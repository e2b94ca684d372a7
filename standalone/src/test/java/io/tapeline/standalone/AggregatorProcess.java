package io.tapeline.standalone;

import io.tapeline.aggregator.Aggregator;
import io.tapeline.aggregator.AggregatorSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * An aggregator with standbys as a process of its own, which can be killed and started again over
 * its data at its address. Closing it kills it too.
 */
final class AggregatorProcess implements AutoCloseable {

    private static final String LISTENS = "listens at ";

    private final Process process;
    private final CompletableFuture<URI> address;

    private AggregatorProcess(Process process, CompletableFuture<URI> address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Returns at once.
     *
     * @param port 0: any free one
     */
    static AggregatorProcess start(
            String bootstrap, String prefix, int partitions, Path dataDir, int port)
            throws IOException {
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AggregatorProcess.class.getName(),
                        bootstrap,
                        prefix,
                        Integer.toString(partitions),
                        dataDir.toString(),
                        Integer.toString(port));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        CompletableFuture<URI> address = new CompletableFuture<>();
        String name = dataDir.getFileName().toString();
        Thread.ofVirtual().start(() -> print(name, process, address));
        return new AggregatorProcess(process, address);
    }

    private static void print(String name, Process process, CompletableFuture<URI> address) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            lines.lines()
                    .forEach(line -> {
                        if (line.startsWith(LISTENS)) {
                            address.complete(URI.create(line.substring(LISTENS.length())));
                        }
                        System.out.println(name + ": " + line);
                    });
        } catch (IOException e) {
            System.out.println(name + ": its output ended: " + e);
        }
        address.completeExceptionally(new AssertionError(name + " ended before it listened"));
    }

    /** Of its internal server; waits until it listens. */
    URI address() throws Exception {
        return address.get(60, TimeUnit.SECONDS);
    }

    /** As {@code kill -9} does; returns when it is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    public static void main(String[] args) throws Exception {
        Aggregator aggregator =
                Aggregator.start(
                        AggregatorSettings.of(args[0], Path.of(args[3]))
                                .withTopics(args[1], Integer.parseInt(args[2]))
                                .withHttpPort(Integer.parseInt(args[4]))
                                // The least that a broker allows by default.
                                .withSessionTimeout(Duration.ofSeconds(6)));
        System.out.println(LISTENS + aggregator.address());
        Thread.currentThread().join();
    }
}
