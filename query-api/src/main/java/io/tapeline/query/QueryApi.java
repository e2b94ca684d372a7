package io.tapeline.query;

import java.util.Objects;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A running query API. Several may run in one process: nothing of it is shared. */
public final class QueryApi implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private QueryApi(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /**
     * Starts it; the HTTP server listens when this returns, whether or not the broker and the
     * aggregators are there yet.
     *
     * @param settings as on a command line: {@code --tapeline.http-port=0}; they win over the
     *     environment
     */
    public static QueryApi start(String... settings) {
        return new QueryApi(
                new SpringApplicationBuilder(QueryApiApplication.class)
                        .properties("spring.config.name=query-api")
                        .run(settings));
    }

    /** The port of page and API. */
    public int port() {
        return port("local.server.port");
    }

    /** The port of health and metrics. */
    public int managementPort() {
        return port("local.management.port");
    }

    private int port(String of) {
        return Integer.parseInt(
                Objects.requireNonNull(context.getEnvironment().getProperty(of), of));
    }

    /** Ends streams, lets running requests finish, writes what is being recorded, and stops. */
    @Override
    public void close() {
        context.close();
    }
}
