package io.tapeline.kafka.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Resolves {@link KafkaCluster} parameters. The cluster starts when the first test asks for it and
 * is stopped after the last test of the JVM; it is, in this order,
 *
 * <ol>
 *   <li>the one at {@code TAPELINE_KAFKA_BOOTSTRAP}, when that is set;
 *   <li>a container, when a Docker engine answers;
 *   <li>an {@link io.tapeline.kafka.EmbeddedBroker} in a temporary directory.
 * </ol>
 *
 * All three are Kafka's production broker, so a test cannot tell and none is skipped.
 */
public final class KafkaExtension implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(KafkaExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == KafkaCluster.class;
    }

    @Override
    public KafkaCluster resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Shared.class, key -> Shared.start(), Shared.class)
                .cluster();
    }

    /** The cluster while it is in the root store, which closes it at the end of the run. */
    private record Shared(TestBroker broker, KafkaCluster cluster) implements AutoCloseable {
        static Shared start() {
            try {
                TestBroker broker = TestBroker.start(System.getenv("TAPELINE_KAFKA_BOOTSTRAP"));
                return new Shared(broker, new KafkaCluster(broker.bootstrap()));
            } catch (IOException e) {
                throw new UncheckedIOException("No Kafka for the tests: " + e.getMessage(), e);
            }
        }

        @Override
        public void close() throws IOException {
            try (TestBroker _ = broker) {
                cluster.close();
            }
        }
    }
}
