package io.tapeline.clickhouse.test;

import io.tapeline.clickhouse.EngineProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** The server behind a {@link ClickHouseServer}, by where it comes from. */
sealed interface ClickHouseSource extends AutoCloseable {
    Logger LOG = LoggerFactory.getLogger(ClickHouseSource.class);

    ClickHouseServer server();

    @Override
    void close() throws IOException;

    /**
     * @param given the address of a server to use instead of starting one; null or blank when there
     *     is none
     */
    static ClickHouseSource start(@Nullable String given) throws IOException {
        ClickHouseSource source = choose(given);
        LOG.atInfo()
                .addKeyValue("source", source.getClass().getSimpleName())
                .addKeyValue("url", source.server().url())
                .log("ClickHouse for the tests runs");
        return source;
    }

    private static ClickHouseSource choose(@Nullable String given) throws IOException {
        if (given != null && !given.isBlank()) {
            Map<String, String> environment = System.getenv();
            return new Given(
                    new ClickHouseServer(
                            URI.create(given),
                            environment.getOrDefault("TAPELINE_CLICKHOUSE_USER", "default"),
                            environment.getOrDefault("TAPELINE_CLICKHOUSE_PASSWORD", "")));
        }
        // Without a socket Testcontainers would look in many places, and report each as an error.
        if (dockerMayBeThere() && DockerClientFactory.instance().isDockerAvailable()) {
            try {
                return Container.start();
            } catch (RuntimeException e) {
                LOG.atWarn()
                        .setCause(e)
                        .log("Docker answers but runs no ClickHouse; using the engine's library");
            }
        }
        return Library.start();
    }

    private static boolean dockerMayBeThere() {
        Path home = Path.of(System.getProperty("user.home"));
        return System.getenv("DOCKER_HOST") != null
                || Stream.of(
                                Path.of("/var/run/docker.sock"),
                                Path.of(
                                        System.getenv().getOrDefault("XDG_RUNTIME_DIR", "/nowhere"),
                                        "docker.sock"),
                                home.resolve(".docker/run/docker.sock"),
                                home.resolve(".testcontainers.properties"))
                        .anyMatch(Files::exists);
    }

    /** Somebody else's server, which is left running. */
    record Given(ClickHouseServer server) implements ClickHouseSource {
        @Override
        public void close() {}
    }

    /** The image of the server. */
    record Container(GenericContainer<?> container) implements ClickHouseSource {
        private static final int HTTP_PORT = 8123;

        static Container start() {
            GenericContainer<?> container =
                    new GenericContainer<>(
                                    DockerImageName.parse("clickhouse/clickhouse-server:26.3"))
                            .withExposedPorts(HTTP_PORT)
                            .withEnv("CLICKHOUSE_USER", "tapeline")
                            .withEnv("CLICKHOUSE_PASSWORD", "tapeline")
                            .waitingFor(Wait.forHttp("/ping").forPort(HTTP_PORT));
            try {
                container.start();
                return new Container(container);
            } catch (RuntimeException e) {
                container.close();
                throw e;
            }
        }

        @Override
        public ClickHouseServer server() {
            return new ClickHouseServer(
                    URI.create(
                            "http://"
                                    + container.getHost()
                                    + ":"
                                    + container.getMappedPort(HTTP_PORT)),
                    "tapeline",
                    "tapeline");
        }

        @Override
        public void close() {
            container.close();
        }
    }

    /** The engine's library over a directory that goes with it. */
    record Library(EngineProcess process, Path directory) implements ClickHouseSource {
        static Library start() throws IOException {
            Path directory = Files.createTempDirectory("tapeline-clickhouse-");
            try {
                return new Library(EngineProcess.start(directory), directory);
            } catch (IOException e) {
                delete(directory);
                throw e;
            }
        }

        @Override
        public ClickHouseServer server() {
            return new ClickHouseServer(process.url(), "default", "");
        }

        @Override
        public void close() throws IOException {
            process.close();
            delete(directory);
        }

        private static void delete(Path directory) throws IOException {
            List<Path> deepestFirst;
            try (Stream<Path> files = Files.walk(directory)) {
                deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path each : deepestFirst) {
                Files.delete(each);
            }
        }
    }
}
