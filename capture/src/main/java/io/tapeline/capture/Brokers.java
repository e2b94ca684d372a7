package io.tapeline.capture;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * Where Kafka is and how it is talked to.
 *
 * @param bootstrap for {@code bootstrap.servers}
 * @param prefix what every topic's name begins with
 * @param settings Kafka's own, by its names: security, say
 */
public record Brokers(String bootstrap, String prefix, Map<String, String> settings) {

    public Brokers {
        settings = Map.copyOf(settings);
    }

    /** The settings that the environment gives, as for the services. */
    public static Brokers of(Map<String, String> environment) {
        return new Brokers(
                environment.getOrDefault("TAPELINE_KAFKA_BOOTSTRAP", "localhost:9092"),
                environment.getOrDefault("TAPELINE_KAFKA_TOPIC_PREFIX", "tapeline."),
                Map.of());
    }

    /** Whether the option is one of {@link #with}. */
    public static boolean isOption(String option) {
        return switch (option) {
            case "--bootstrap", "--prefix", "--kafka-config" -> true;
            default -> false;
        };
    }

    /** What to tell whoever named an address at which no Kafka answers. */
    public IOException noAnswer(Throwable cause) {
        return new IOException(
                "no Kafka answers at "
                        + bootstrap
                        + " (--bootstrap or TAPELINE_KAFKA_BOOTSTRAP; ./tapeline demo and live"
                        + " listen at 127.0.0.1:19092): "
                        + cause.getMessage(),
                cause);
    }

    /** With the value of the option. */
    public Brokers with(String option, Words words) {
        String value = words.value(option);
        return switch (option) {
            case "--bootstrap" -> new Brokers(value, prefix, settings);
            case "--prefix" -> new Brokers(bootstrap, value, settings);
            case "--kafka-config" -> new Brokers(bootstrap, prefix, read(Path.of(value)));
            default -> throw new IllegalArgumentException("unknown option: " + option);
        };
    }

    private static Map<String, String> read(Path file) {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            properties.load(in);
        } catch (IOException e) {
            throw new IllegalArgumentException("--kafka-config " + file + " cannot be read", e);
        }
        Map<String, String> settings = new HashMap<>();
        properties.stringPropertyNames().forEach(n -> settings.put(n, properties.getProperty(n)));
        return settings;
    }
}
