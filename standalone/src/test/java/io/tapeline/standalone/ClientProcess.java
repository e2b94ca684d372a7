package io.tapeline.standalone;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A library that many use for the exchange, unmodified, as a process of its own that is told
 * Tapeline's address in place of the exchange's. It prints what it makes of the answers, a line of
 * JSON for each thing.
 */
final class ClientProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Path CLIENTS = Path.of("clients").toAbsolutePath();

    private final Process process;
    private final Path output;
    private final Path errors;

    private ClientProcess(List<String> command, Path folder, Path directory, String name)
            throws IOException {
        output = directory.resolve(name + ".jsonl");
        errors = directory.resolve(name + ".err");
        process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectOutput(output.toFile())
                        .redirectError(errors.toFile())
                        .start();
    }

    /** ccxt, of npm. */
    static ClientProcess ccxt(Path directory, List<String> arguments) throws IOException {
        Path folder = CLIENTS.resolve("ccxt");
        require(
                folder.resolve("node_modules").resolve("ccxt"),
                "npm ci --ignore-scripts --prefix standalone/clients/ccxt");
        return start(List.of("node", "client.js"), arguments, folder, directory, "ccxt");
    }

    /** XChange, of Maven Central. */
    static ClientProcess xchange(Path directory, List<String> arguments) throws IOException {
        Path target = CLIENTS.resolve("xchange").resolve("target");
        require(target.resolve("lib"), "./mvnw -pl standalone/clients/xchange package");
        return start(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        target.resolve("classes") + ":" + target.resolve("lib") + "/*",
                        "io.tapeline.clients.XchangeClient"),
                arguments,
                target,
                directory,
                "xchange");
    }

    private static void require(Path needed, String command) {
        if (!Files.exists(needed)) {
            throw new AssertionError(needed + " is missing; to get it: " + command);
        }
    }

    private static ClientProcess start(
            List<String> program, List<String> arguments, Path folder, Path directory, String name)
            throws IOException {
        List<String> command = new ArrayList<>(program);
        command.addAll(arguments);
        return new ClientProcess(command, folder, directory, name);
    }

    /** All that it told, once it has ended well. */
    Told told() throws IOException, InterruptedException {
        boolean ended = process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(output, StandardCharsets.UTF_8)) {
            if (line.startsWith("{\"")) {
                lines.add(JsonMapper.shared().readTree(line));
            }
        }
        if (!ended
                || process.exitValue() != 0
                || lines.stream().noneMatch(line -> line.get("kind").asString().equals("done"))) {
            throw new AssertionError(
                    (ended ? "ended with " + process.exitValue() : "did not end in " + PATIENCE)
                            + " after "
                            + lines.stream().map(line -> line.get("kind").asString()).toList()
                            + ": "
                            + Files.readString(errors));
        }
        return new Told(lines);
    }

    /** Lines of {@code {"kind":...,"value":...}}. */
    record Told(List<JsonNode> lines) {

        List<JsonNode> all(String kind) {
            return lines.stream()
                    .filter(line -> line.get("kind").asString().equals(kind))
                    .map(line -> line.get("value"))
                    .toList();
        }

        JsonNode first(String kind) {
            return all(kind).getFirst();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
