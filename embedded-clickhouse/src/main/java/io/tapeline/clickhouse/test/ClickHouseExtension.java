package io.tapeline.clickhouse.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Resolves {@link ClickHouseServer} parameters. The server starts when the first test asks for it
 * and is stopped after the last test of the JVM; it is, in this order,
 *
 * <ol>
 *   <li>the one at {@code TAPELINE_CLICKHOUSE_URL}, when that is set;
 *   <li>a container, when a Docker engine answers;
 *   <li>the engine's library in a process of its own, in a temporary directory.
 * </ol>
 *
 * Where none can be had the test fails and says what to install: none is skipped.
 */
public final class ClickHouseExtension implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(ClickHouseExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == ClickHouseServer.class;
    }

    @Override
    public ClickHouseServer resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Shared.class, key -> Shared.start(), Shared.class)
                .server();
    }

    /** The server while it is in the root store, which closes it at the end of the run. */
    private record Shared(ClickHouseSource source, ClickHouseServer server)
            implements AutoCloseable {
        static Shared start() {
            try {
                ClickHouseSource source =
                        ClickHouseSource.start(System.getenv("TAPELINE_CLICKHOUSE_URL"));
                return new Shared(source, source.server());
            } catch (IOException e) {
                throw new UncheckedIOException("No ClickHouse for the tests: " + e.getMessage(), e);
            }
        }

        @Override
        public void close() throws IOException {
            source.close();
        }
    }
}
