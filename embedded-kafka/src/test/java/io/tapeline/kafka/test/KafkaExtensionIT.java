package io.tapeline.kafka.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

@KafkaTest
class KafkaExtensionIT {
    private final KafkaCluster cluster;

    KafkaExtensionIT(KafkaCluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void everyParameterOfTheRunIsTheSameCluster(KafkaCluster parameter) {
        assertThat(parameter).isSameAs(cluster);
    }

    @Test
    void twoTopicsOfOneNameAreTwoTopics() throws Exception {
        String first = cluster.createTopic("raw.depth", 3);
        String second = cluster.createTopic("raw.depth", 2, Map.of("cleanup.policy", "compact"));

        assertThat(first).endsWith(".raw.depth").isNotEqualTo(second);
        assertThat(partitions(first)).isEqualTo(3);
        assertThat(partitions(second)).isEqualTo(2);
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, second);
        assertThat(cluster.admin().describeConfigs(Set.of(topic)).all().get().values())
                .extracting(config -> config.get("cleanup.policy").value())
                .containsExactly("compact");
    }

    @Test
    void topicsOfAPrefixKeepTheNamesTheyAreGiven() throws Exception {
        String prefix = cluster.uniquePrefix();
        cluster.createTopics(
                List.of(
                        new NewTopic(prefix + "raw.klines", 1, (short) 1),
                        new NewTopic(prefix + "klines", 4, (short) 1)));

        assertThat(cluster.admin().listTopics().names().get())
                .filteredOn(name -> name.startsWith(prefix))
                .containsExactlyInAnyOrder(prefix + "raw.klines", prefix + "klines");
    }

    private int partitions(String topic) throws Exception {
        return cluster.admin().describeTopics(Set.of(topic)).allTopicNames().get().values().stream()
                .mapToInt(described -> described.partitions().size())
                .sum();
    }
}
