package io.tapeline.kafka;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What an {@link EmbeddedBroker} is told: where its data live, where it listens, and what differs
 * from its defaults.
 *
 * @param dataDir the directory that holds the broker's whole state; created when absent; one
 *     process at a time
 * @param host the address of this machine that the broker listens on and tells its clients;
 *     loopback unless told otherwise
 * @param port the TCP port clients connect to; 0 lets the operating system choose at the first
 *     start over the directory; later ones take the same again where it is free
 * @param startTimeout how long {@link EmbeddedBroker#start()} may take, recovery after a crash
 *     included
 * @param overrides broker properties that replace the defaults of {@link BrokerProperties}; those
 *     that the broker sets itself (addresses, directories, roles) and names that Kafka does not
 *     know are refused
 * @param login by what name clients must come; empty: they say none
 * @param tls what clients are shown, who then speak TLS; empty: nothing is encrypted
 */
public record BrokerSettings(
        Path dataDir,
        String host,
        int port,
        Duration startTimeout,
        Map<String, String> overrides,
        Optional<BrokerLogin> login,
        Optional<BrokerTls> tls) {
    private static final String LOOPBACK = "127.0.0.1";
    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);

    public BrokerSettings {
        if (host.isBlank() || host.contains(",") || host.contains("/")) {
            throw new IllegalArgumentException(
                    "BrokerSettings.host must be one host name or address, got \"%s\""
                            .formatted(host));
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(
                    "BrokerSettings.port must be 0 to 65535, got " + port);
        }
        if (startTimeout.isNegative() || startTimeout.isZero()) {
            throw new IllegalArgumentException(
                    "BrokerSettings.startTimeout must be positive, got " + startTimeout);
        }
        BrokerProperties.requireAllowed(overrides);
        dataDir = dataDir.toAbsolutePath().normalize();
        overrides = Map.copyOf(overrides);
    }

    /**
     * A broker over {@code dataDir} on loopback, at a port of the operating system's choice, with
     * no overrides.
     */
    public static BrokerSettings in(Path dataDir) {
        return new BrokerSettings(
                dataDir, LOOPBACK, 0, START_TIMEOUT, Map.of(), Optional.empty(), Optional.empty());
    }

    public BrokerSettings withHost(String newHost) {
        return new BrokerSettings(dataDir, newHost, port, startTimeout, overrides, login, tls);
    }

    public BrokerSettings withPort(int newPort) {
        return new BrokerSettings(dataDir, host, newPort, startTimeout, overrides, login, tls);
    }

    public BrokerSettings withStartTimeout(Duration newStartTimeout) {
        return new BrokerSettings(dataDir, host, port, newStartTimeout, overrides, login, tls);
    }

    /** The same with exactly these overrides; earlier ones are forgotten. */
    public BrokerSettings withOverrides(Map<String, String> newOverrides) {
        return new BrokerSettings(dataDir, host, port, startTimeout, newOverrides, login, tls);
    }

    public BrokerSettings withLogin(BrokerLogin newLogin) {
        return new BrokerSettings(
                dataDir, host, port, startTimeout, overrides, Optional.of(newLogin), tls);
    }

    public BrokerSettings withTls(BrokerTls newTls) {
        return new BrokerSettings(
                dataDir, host, port, startTimeout, overrides, login, Optional.of(newTls));
    }

    /** What clients are told besides the address, by Kafka's own names. */
    public Map<String, String> clientProperties() {
        Map<String, String> all = new HashMap<>();
        login.map(BrokerLogin::clientProperties).ifPresent(all::putAll);
        tls.map(BrokerTls::clientProperties).ifPresent(all::putAll);
        all.put("security.protocol", protocol());
        return all;
    }

    String protocol() {
        String below = tls.isPresent() ? "SSL" : "PLAINTEXT";
        return login.isPresent() ? "SASL_" + below : below;
    }
}
