package io.tapeline.schemas.topic;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * How Kafka is reached: the same for every client of a process.
 *
 * @param bootstrap {@code host:port}, several with commas
 * @param properties what each client is told besides, by Kafka's own names, such as {@code
 *     security.protocol} and {@code sasl.jaas.config}; among them may be secrets
 */
public record KafkaAccess(String bootstrap, Map<String, String> properties) {

    private static final String BOOTSTRAP = "bootstrap.servers";

    public KafkaAccess {
        if (bootstrap.isBlank()) {
            throw new IllegalArgumentException("Kafka: bootstrap is empty");
        }
        properties = Map.copyOf(properties);
    }

    /** Without names, passwords or encryption. */
    public static KafkaAccess of(String bootstrap) {
        return new KafkaAccess(bootstrap, Map.of());
    }

    /**
     * A client's whole configuration.
     *
     * @param own what the client is for: stands above the properties, for what is correct depends
     *     on it
     */
    public Map<String, Object> client(Map<String, ?> own) {
        Map<String, Object> config = new HashMap<>(properties);
        config.putAll(own);
        config.put(BOOTSTRAP, bootstrap);
        return config;
    }

    /** The properties' names alone. */
    @Override
    public String toString() {
        return "KafkaAccess[" + bootstrap + ", " + new TreeSet<>(properties.keySet()) + "]";
    }
}
