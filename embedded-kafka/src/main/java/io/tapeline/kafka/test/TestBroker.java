package io.tapeline.kafka.test;

import io.tapeline.kafka.BrokerSettings;
import io.tapeline.kafka.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import org.apache.kafka.common.utils.AppInfoParser;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** The broker behind a {@link KafkaCluster}, by where it comes from. */
sealed interface TestBroker extends AutoCloseable {
    Logger LOG = LoggerFactory.getLogger(TestBroker.class);

    /** The address for {@code bootstrap.servers}. */
    String bootstrap();

    @Override
    void close() throws IOException;

    /**
     * @param given the address of a cluster to use instead of starting one; null or blank when
     *     there is none
     */
    static TestBroker start(@Nullable String given) throws IOException {
        TestBroker broker = choose(given);
        LOG.atInfo()
                .addKeyValue("source", broker.getClass().getSimpleName())
                .addKeyValue("bootstrap", broker.bootstrap())
                .log("Kafka for the tests runs");
        return broker;
    }

    private static TestBroker choose(@Nullable String given) throws IOException {
        if (given != null && !given.isBlank()) {
            return new Given(given);
        }
        if (DockerEngine.mayBeThere() && DockerClientFactory.instance().isDockerAvailable()) {
            try {
                return Container.start();
            } catch (RuntimeException e) {
                LOG.atWarn()
                        .setCause(e)
                        .log(
                                "Docker answers but runs no Kafka container; using the embedded"
                                        + " broker");
            }
        }
        return Temporary.start();
    }

    /** Somebody else's cluster, which is left running. */
    record Given(String bootstrap) implements TestBroker {
        @Override
        public void close() {}
    }

    /** The broker's own image, of the version the clients here have. */
    record Container(KafkaContainer container) implements TestBroker {
        static Container start() {
            KafkaContainer container =
                    new KafkaContainer(
                                    DockerImageName.parse(
                                            "apache/kafka:" + AppInfoParser.getVersion()))
                            .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                            .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0");
            try {
                container.start();
                return new Container(container);
            } catch (RuntimeException e) {
                container.close();
                throw e;
            }
        }

        @Override
        public String bootstrap() {
            return container.getBootstrapServers();
        }

        @Override
        public void close() {
            container.close();
        }
    }

    /** Our own broker over a directory that goes with it. */
    record Temporary(EmbeddedBroker broker, Path directory) implements TestBroker {
        /**
         * A test's topics are small and many: indexes are sized for that, and nothing waits for a
         * clean-up.
         */
        private static final Map<String, String> SMALL =
                Map.of(
                        "log.index.size.max.bytes", "262144",
                        "log.cleaner.dedupe.buffer.size", "4194304",
                        "num.io.threads", "2",
                        "num.network.threads", "2");

        static Temporary start() throws IOException {
            Path directory = Files.createTempDirectory("tapeline-kafka-");
            EmbeddedBroker broker =
                    new EmbeddedBroker(BrokerSettings.in(directory).withOverrides(SMALL));
            Temporary temporary = new Temporary(broker, directory);
            try {
                broker.start();
                return temporary;
            } catch (IOException | RuntimeException e) {
                temporary.close();
                throw e;
            }
        }

        @Override
        public String bootstrap() {
            return broker.bootstrap();
        }

        @Override
        public void close() throws IOException {
            broker.close();
            Files.walkFileTree(
                    directory,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                                throws IOException {
                            Files.delete(file);
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult postVisitDirectory(
                                Path visited, @Nullable IOException failure) throws IOException {
                            if (failure != null) {
                                throw failure;
                            }
                            Files.delete(visited);
                            return FileVisitResult.CONTINUE;
                        }
                    });
        }
    }
}
