package io.tapeline.standalone;

import java.nio.file.Path;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * What the standalone itself is told; each service reads its own settings under {@code tapeline.}
 * beside these.
 *
 * @param dataDir where broker, state and history live; the demo and the live market each in a
 *     folder of its own below it
 * @param kafka the broker
 * @param demo the simulated market
 */
@ConfigurationProperties("tapeline")
record StandaloneSettings(
        @DefaultValue("data") Path dataDir, @DefaultValue Kafka kafka, @DefaultValue Demo demo) {

    /**
     * @param bootstrap brokers that run already; empty: an embedded one is started
     * @param port where the embedded broker listens, on loopback; 0 lets the system choose
     */
    record Kafka(@DefaultValue("") String bootstrap, @DefaultValue("19092") int port) {

        Kafka {
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException(
                        "tapeline.kafka.port: " + port + " is not 0 to 65535");
            }
        }
    }

    /**
     * @param pairs how many pairs the simulated exchange lists
     * @param rate events a second of the whole market
     * @param seed of everything that is random about it
     * @param port where the simulated exchange listens; 0 lets the system choose
     */
    record Demo(
            @DefaultValue("20") int pairs,
            @DefaultValue("400") int rate,
            @DefaultValue("1") long seed,
            @DefaultValue("0") int port) {

        Demo {
            if (pairs < 1 || pairs > 3_000) {
                throw new IllegalArgumentException(
                        "tapeline.demo.pairs: " + pairs + " is not 1 to 3000");
            }
            if (rate < 1 || rate > 100_000) {
                throw new IllegalArgumentException(
                        "tapeline.demo.rate: " + rate + " is not 1 to 100000");
            }
        }
    }

    /**
     * From the environment, and above it from what is told.
     *
     * @throws IllegalArgumentException naming the setting that cannot be
     */
    static StandaloneSettings read(Map<String, String> told) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("told", Map.copyOf(told)));
        ConfigurationPropertySources.attach(environment);
        return Binder.get(environment).bindOrCreate("tapeline", StandaloneSettings.class);
    }

    Path dataDir(Mode mode) {
        return dataDir.resolve(mode.id()).toAbsolutePath().normalize();
    }
}
