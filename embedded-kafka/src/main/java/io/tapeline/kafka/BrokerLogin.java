package io.tapeline.kafka;

import java.util.Map;

/**
 * The one name that an {@link EmbeddedBroker} knows, where clients have to say who they are
 * (SASL/PLAIN). Without {@link BrokerTls} the password is sent as it is, which loopback alone
 * forgives.
 *
 * @param user letters and digits
 * @param password letters and digits
 */
public record BrokerLogin(String user, String password) {

    static final String MECHANISM = "PLAIN";

    public BrokerLogin {
        requireSimple("user", user);
        requireSimple("password", password);
    }

    /** What a client is told, by Kafka's own names. */
    Map<String, String> clientProperties() {
        return Map.of("sasl.mechanism", MECHANISM, "sasl.jaas.config", module() + ";");
    }

    /** What the broker is told: the name for itself, and the same for its clients. */
    String brokerModule() {
        return module() + " user_" + user + "=\"" + password + "\";";
    }

    private String module() {
        return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\""
                + user
                + "\" password=\""
                + password
                + "\"";
    }

    /** It stands in a text with quotes; the message does not show it. */
    private static void requireSimple(String field, String value) {
        if (!value.matches("[A-Za-z0-9]+")) {
            throw new IllegalArgumentException(
                    "BrokerLogin." + field + " must be letters and digits");
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "BrokerLogin[" + user + "]";
    }
}
