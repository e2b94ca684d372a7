package io.tapeline.standalone;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A program of {@code docs/examples}, as a process of its own, with what it said. */
final class ExampleProgram implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path EXAMPLES = Path.of("..", "docs", "examples").toAbsolutePath();

    private static final Pattern CLIENTS =
            Pattern.compile(
                    "/schemas/target/|/(?:schemas|kafka-clients|protobuf-java|slf4j-api|lz4-java|zstd-jni|snappy-java)-[0-9][^/]*\\.jar$");

    private final Process process;
    private final Path output;
    private final Path errors;

    private ExampleProgram(List<String> command, Map<String, String> environment, Path scratch)
            throws IOException {
        output = Files.createTempFile(scratch, "said", ".txt");
        errors = Files.createTempFile(scratch, "errors", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(scratch.toFile())
                        .redirectOutput(output.toFile())
                        .redirectError(errors.toFile());
        builder.environment().putAll(environment);
        process = builder.start();
    }

    /**
     * What Java's programs are run from: their sources, compiled against Kafka's client and the
     * contract's classes of this class path. That their own POM does the same is for CI to say,
     * which runs the tutorial.
     */
    static Path compileJava(Path scratch) throws IOException, InterruptedException {
        Path classes = Files.createDirectory(scratch.resolve("classes"));
        List<String> command =
                new ArrayList<>(
                        List.of(
                                jdk("javac"),
                                "--release",
                                "17",
                                "-proc:none",
                                "-d",
                                classes.toString(),
                                "-cp",
                                System.getProperty("java.class.path")));
        try (var sources = Files.walk(EXAMPLES.resolve("java/src/main/java"))) {
            sources.map(Path::toString)
                    .filter(name -> name.endsWith(".java"))
                    .forEach(command::add);
        }
        try (ExampleProgram compiler = new ExampleProgram(command, Map.of(), scratch)) {
            compiler.lines();
        }
        return classes;
    }

    static ExampleProgram java(Path scratch, Path classes, String name, List<String> arguments)
            throws IOException {
        String main =
                "io.tapeline.examples." + Character.toUpperCase(name.charAt(0)) + name.substring(1);
        String classPath = classes + File.pathSeparator + clientsClassPath();
        return start(
                List.of(jdk("java"), "-Xmx128m", "-cp", classPath, main),
                arguments,
                Map.of(),
                scratch);
    }

    /** What their POM would bring, of this class path; nothing that logs, above all. */
    private static String clientsClassPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> CLIENTS.matcher(entry).find())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Where Python finds the contract's module, made by {@code protoc}. */
    static Path compilePython(Path scratch) throws IOException, InterruptedException {
        Path modules = Files.createDirectory(scratch.resolve("modules"));
        try (ExampleProgram protoc =
                start(
                        List.of(
                                "protoc",
                                "-I",
                                Path.of("..", "schemas", "src", "main", "proto")
                                        .toAbsolutePath()
                                        .toString(),
                                "--python_out=" + modules),
                        List.of("tapeline/v1/market.proto"),
                        Map.of(),
                        scratch)) {
            protoc.lines();
        }
        return modules;
    }

    /** By the system's Python where there is one: it is the one that Debian's modules are for. */
    static ExampleProgram python(Path scratch, Path modules, String name, List<String> arguments)
            throws IOException {
        String system = "/usr/bin/python3";
        return start(
                List.of(
                        Files.exists(Path.of(system)) ? system : "python3",
                        EXAMPLES.resolve("python").resolve(name + ".py").toString()),
                arguments,
                Map.of("PYTHONPATH", modules.toString(), "PYTHONDONTWRITEBYTECODE", "1"),
                scratch);
    }

    static ExampleProgram node(Path scratch, String name, List<String> arguments)
            throws IOException {
        Path folder = EXAMPLES.resolve("node");
        if (!Files.exists(folder.resolve("node_modules").resolve("kafkajs"))) {
            throw new AssertionError(
                    folder
                            + " has no modules; to get them: npm ci --ignore-scripts --prefix"
                            + " docs/examples/node");
        }
        return start(
                List.of("node", folder.resolve(name + ".js").toString()),
                arguments,
                Map.of(),
                scratch);
    }

    private static String jdk(String program) {
        return Path.of(System.getProperty("java.home"), "bin", program).toString();
    }

    private static ExampleProgram start(
            List<String> program,
            List<String> arguments,
            Map<String, String> environment,
            Path scratch)
            throws IOException {
        List<String> command = new ArrayList<>(program);
        command.addAll(arguments);
        return new ExampleProgram(command, environment, scratch);
    }

    /** What it said, once it has ended well. */
    List<String> lines() throws IOException, InterruptedException {
        boolean ended = process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        List<String> said = Files.readAllLines(output, StandardCharsets.UTF_8);
        if (!ended || process.exitValue() != 0) {
            throw new AssertionError(
                    process.info().commandLine().orElse("the program")
                            + (ended
                                    ? " ended with " + process.exitValue()
                                    : " did not end in " + PATIENCE)
                            + " after "
                            + said
                            + ": "
                            + Files.readString(errors));
        }
        return said;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
