package io.tapeline.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaAccessTest {

    @Test
    void what_a_client_is_for_stands_above_what_it_is_told_besides() {
        KafkaAccess access =
                new KafkaAccess(
                        "k:1",
                        Map.of(
                                "security.protocol", "SSL",
                                "acks", "0",
                                "bootstrap.servers", "elsewhere:1"));
        assertThat(access.client(Map.of("acks", "all", "linger.ms", 5)))
                .isEqualTo(
                        Map.of(
                                "security.protocol", "SSL",
                                "acks", "all",
                                "linger.ms", 5,
                                "bootstrap.servers", "k:1"));
    }

    @Test
    void secrets_do_not_show_in_its_text() {
        KafkaAccess access =
                new KafkaAccess(
                        "k:1",
                        Map.of(
                                "sasl.jaas.config",
                                "password=\"secret\"",
                                "security.protocol",
                                "SSL"));
        assertThat(access).hasToString("KafkaAccess[k:1, [sasl.jaas.config, security.protocol]]");
    }

    @Test
    void without_an_address_there_is_no_way() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KafkaAccess.of(" "))
                .withMessage("Kafka: bootstrap is empty");
    }
}
