package io.tapeline.kafka;

import java.nio.file.Path;
import java.util.Map;

/**
 * The certificate that an {@link EmbeddedBroker} shows its clients, who then speak TLS to it.
 *
 * @param keyStore PKCS #12, with the certificate and its key
 * @param password of the store
 * @param trusted PEM, what clients trust it by: the certificate itself, or that of who signed it
 */
public record BrokerTls(Path keyStore, String password, Path trusted) {

    private static final String PEM = "PEM";

    /** What the broker is told; it is a client of itself too. */
    Map<String, String> brokerProperties() {
        return Map.of(
                "ssl.keystore.location",
                keyStore.toString(),
                "ssl.keystore.type",
                "PKCS12",
                "ssl.keystore.password",
                password,
                "ssl.truststore.location",
                trusted.toString(),
                "ssl.truststore.type",
                PEM);
    }

    /** What a client is told, by Kafka's own names. */
    Map<String, String> clientProperties() {
        return Map.of("ssl.truststore.location", trusted.toString(), "ssl.truststore.type", PEM);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "BrokerTls[" + keyStore + "]";
    }
}
