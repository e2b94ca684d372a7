package io.tapeline.query.instances;

import io.tapeline.query.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The system's nginx with the configuration of {@code ops/nginx}, as it is, before the instances of
 * a test. A machine without it fails the tests: they are never skipped.
 */
final class Nginx implements AutoCloseable {

    private static final List<String> FOLDERS =
            List.of("/usr/sbin", "/usr/local/sbin", "/usr/bin", "/usr/local/bin");

    private final Process process;
    private final int port;

    private Nginx(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * @param home for its files; empty
     * @param instances ports on loopback
     */
    static Nginx start(Path home, List<Integer> instances) throws IOException {
        int port = free();
        Files.createDirectories(home.resolve("temp"));
        Files.copy(configuration(), home.resolve("nginx.conf"));
        Files.writeString(
                home.resolve("upstream.conf"),
                instances.stream()
                        .map("server 127.0.0.1:%d max_fails=2 fail_timeout=5s;\n"::formatted)
                        .collect(Collectors.joining()));
        Files.writeString(
                home.resolve("local.conf"),
                "listen 127.0.0.1:%d;\naccess_log %s questions;\n"
                        .formatted(port, home.resolve("access.log")));
        Process process =
                new ProcessBuilder(
                                executable().toString(),
                                "-p",
                                home.toString(),
                                "-e",
                                home.resolve("error.log").toString(),
                                "-c",
                                home.resolve("nginx.conf").toString(),
                                "-g",
                                "daemon off; pid %s;".formatted(home.resolve("pid")))
                        .redirectErrorStream(true)
                        .redirectOutput(home.resolve("output").toFile())
                        .start();
        Nginx nginx = new Nginx(process, port);
        Await.until(
                "nginx listens on " + port,
                () -> {
                    if (!process.isAlive()) {
                        throw new AssertionError("nginx ended: see " + home.resolve("output"));
                    }
                    return listens(port);
                });
        return nginx;
    }

    /** Where it listens. */
    int port() {
        return port;
    }

    private static Path configuration() {
        return Stream.of(Path.of("ops/nginx/nginx.conf"), Path.of("../ops/nginx/nginx.conf"))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> new AssertionError("ops/nginx/nginx.conf is not there"));
    }

    private static Path executable() {
        return FOLDERS.stream()
                .map(folder -> Path.of(folder, "nginx"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() ->
                        new AssertionError(
                                "The test of several instances needs nginx, and there is none in "
                                        + FOLDERS
                                        + ". Install it (Debian, Ubuntu: apt-get install nginx)"));
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws InterruptedException {
        List<ProcessHandle> workers = process.descendants().toList();
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        workers.forEach(ProcessHandle::destroyForcibly);
    }
}
