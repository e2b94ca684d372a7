package io.tapeline.kafka.test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Whether it is worth asking Testcontainers for a Docker engine: on a machine that has none it
 * looks in many places, and reports each as an error.
 */
final class DockerEngine {
    private DockerEngine() {}

    /**
     * False when no engine can answer; true when one is told of, or has left a socket where engines
     * do.
     */
    static boolean mayBeThere() {
        return mayBeThere(
                System.getenv(),
                Path.of(System.getProperty("user.home")),
                System.getProperty("os.name"),
                Path.of("/"));
    }

    static boolean mayBeThere(
            Map<String, String> environment, Path home, String operatingSystem, Path root) {
        return operatingSystem.startsWith("Windows")
                || environment.containsKey("DOCKER_HOST")
                || Stream.of(
                                root.resolve("var/run/docker.sock"),
                                Path.of(
                                        environment.getOrDefault("XDG_RUNTIME_DIR", "/nowhere"),
                                        "docker.sock"),
                                home.resolve(".docker/run/docker.sock"),
                                home.resolve(".docker/desktop/docker.sock"),
                                home.resolve(".testcontainers.properties"))
                        .anyMatch(Files::exists);
    }
}
