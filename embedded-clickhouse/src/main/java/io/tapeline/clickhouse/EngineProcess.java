package io.tapeline.clickhouse;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The engine over a directory, in a process of its own: it can be killed at any moment and started
 * again over what it left, at the same address. Ends with the JVM that started it.
 */
public final class EngineProcess implements AutoCloseable {

    private final Path library;
    private final Path data;
    private int port;
    private Process process;

    private EngineProcess(Path library, Path data) throws IOException {
        this.library = library;
        this.data = Files.createDirectories(data);
        process = begin();
    }

    /**
     * Returns when it answers.
     *
     * @param data belongs to this process alone
     * @throws IOException if there is no engine on this machine, saying how to get one, or if it
     *     does not start
     */
    public static EngineProcess start(Path data) throws IOException {
        return new EngineProcess(EnginePackage.library(), data);
    }

    /**
     * How a process of the engine is begun, for those who keep it themselves. It says on a line of
     * its output where it listens, and ends with its input.
     *
     * @param port 0 for any free one
     * @throws IOException if there is no engine on this machine, saying how to get one
     */
    public static List<String> command(Path data, int port) throws IOException {
        return command(EnginePackage.library(), data, port);
    }

    private static List<String> command(Path library, Path data, int port) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                EngineMain.class.getName(),
                library.toString(),
                data.toString(),
                Integer.toString(port));
    }

    private Process begin() throws IOException {
        Process started =
                new ProcessBuilder(command(library, data, port))
                        .redirectError(data.resolve("engine.log").toFile())
                        .start();
        BufferedReader output = started.inputReader(StandardCharsets.UTF_8);
        String line = output.readLine();
        while (line != null && !line.startsWith(EngineMain.LISTENS)) {
            line = output.readLine();
        }
        if (line == null) {
            started.destroyForcibly();
            throw new IOException("engine: did not start, see " + data.resolve("engine.log"));
        }
        port = Integer.parseInt(line.substring(EngineMain.LISTENS.length()));
        return started;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** The same as {@code kill -9}; returns when it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** After {@link #kill}, at the same address. */
    public void startAgain() throws IOException {
        process = begin();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        boolean interrupted = false;
        while (process.isAlive()) {
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
