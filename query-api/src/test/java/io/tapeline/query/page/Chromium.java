package io.tapeline.query.page;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * The system's Chromium, headless, with a profile of its own that is gone after {@link #close}. A
 * machine without it fails the tests: they are never skipped.
 */
final class Chromium implements AutoCloseable {

    private static final String OVERRIDE = "TAPELINE_CHROMIUM";
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
    private static final Pattern LISTENING =
            Pattern.compile("DevTools listening on ws://([^/]+)/.*");
    private static final long START_SECONDS = 60;

    private final Path profile;
    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String devTools;

    private Chromium(Path profile, Process process, String devTools) {
        this.profile = profile;
        this.process = process;
        this.devTools = devTools;
    }

    static Chromium start() throws IOException, InterruptedException {
        Path profile = Files.createTempDirectory("tapeline-page");
        Process process = new ProcessBuilder(command(profile)).start();
        try {
            String devTools = listening(process).get(START_SECONDS, TimeUnit.SECONDS);
            return new Chromium(profile, process, devTools);
        } catch (ExecutionException | TimeoutException e) {
            stop(process);
            delete(profile);
            throw new IllegalStateException("Chromium did not start", e);
        }
    }

    /** An empty tab in front of the others. */
    Tab open() throws IOException, InterruptedException {
        URI create = URI.create("http://" + devTools + "/json/new?about:blank");
        HttpResponse<String> answer =
                http.send(
                        HttpRequest.newBuilder(create)
                                .PUT(HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        String socket =
                JsonMapper.shared()
                        .readTree(answer.body())
                        .required("webSocketDebuggerUrl")
                        .asString();
        return Tab.attach(http, URI.create(socket));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        http.close();
        stop(process);
        delete(profile);
    }

    private static List<String> command(Path profile) {
        List<String> command = new ArrayList<>();
        command.add(executable().toString());
        command.addAll(
                List.of(
                        "--headless",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "--disable-gpu",
                        "--disable-quic",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--no-proxy-server",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync"));
        if (System.getProperty("user.name").equals("root")) {
            command.add("--no-sandbox"); // Chromium refuses to run sandboxed as root
        }
        command.add("about:blank");
        return command;
    }

    private static Path executable() {
        String named = System.getenv(OVERRIDE);
        if (named != null) {
            return Path.of(named);
        }
        return onPath().orElseThrow(() ->
                new AssertionError(
                        "The browser tests need Chromium: none of "
                                + NAMES
                                + " is on the path. Install it (Debian, Ubuntu:"
                                + " apt-get install chromium), or name the"
                                + " executable in "
                                + OVERRIDE));
    }

    private static Optional<Path> onPath() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin");
        List<Path> folders = Stream.of(path.split(":")).map(Path::of).toList();
        return NAMES.stream()
                .flatMap(name -> folders.stream().map(folder -> folder.resolve(name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Host and port of its DevTools, which it prints once; what it prints is read to its end. */
    private static CompletableFuture<String> listening(Process process) {
        CompletableFuture<String> found = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(() -> {
                    StringBuilder said = new StringBuilder();
                    try (BufferedReader lines = process.errorReader()) {
                        for (String line = lines.readLine();
                                line != null;
                                line = lines.readLine()) {
                            Matcher match = LISTENING.matcher(line);
                            if (match.matches()) {
                                found.complete(match.group(1));
                            } else if (!found.isDone()) {
                                said.append(line).append('\n');
                            }
                        }
                        found.completeExceptionally(
                                new IllegalStateException("it ended, saying: " + said));
                    } catch (IOException e) {
                        found.completeExceptionally(e);
                    }
                });
        return found;
    }

    private static void stop(Process process) throws InterruptedException {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        for (ProcessHandle child : children) {
            child.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> {
                        try {
                            Files.deleteIfExists(file);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        }
    }
}
