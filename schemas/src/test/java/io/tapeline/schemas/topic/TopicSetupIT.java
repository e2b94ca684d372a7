package io.tapeline.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeline.kafka.test.KafkaCluster;
import io.tapeline.kafka.test.KafkaTest;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

@KafkaTest
class TopicSetupIT {

    private static final short ONE = 1;

    private final KafkaCluster kafka;
    private final Topics topics;

    TopicSetupIT(KafkaCluster kafka) {
        this.kafka = kafka;
        this.topics = new Topics(kafka.uniquePrefix());
    }

    private List<String> names() {
        return topics.all().stream().map(Topic::name).toList();
    }

    private List<Integer> partitions() throws Exception {
        return kafka.admin().describeTopics(names()).allTopicNames().get().values().stream()
                .map(TopicDescription::partitions)
                .map(List::size)
                .distinct()
                .toList();
    }

    @Test
    void allTopicsAreMadeWithOneNumberOfPartitions() throws Exception {
        TopicSetup.ensure(kafka.admin(), topics, 3, ONE);
        assertThat(partitions()).containsExactly(3);
        ConfigResource prices =
                new ConfigResource(ConfigResource.Type.TOPIC, topics.prices().name());
        assertThat(kafka.admin().describeConfigs(List.of(prices)).all().get().values())
                .singleElement()
                .satisfies(config ->
                        assertThat(config.get("cleanup.policy").value()).isEqualTo("compact"));
    }

    @Test
    void servicesThatStartTogetherMakeThemTogether() throws Exception {
        try (ExecutorService services = Executors.newFixedThreadPool(4)) {
            Callable<Object> start =
                    () -> {
                        TopicSetup.ensure(kafka.admin(), topics, 2, ONE);
                        return topics;
                    };
            for (Future<Object> started : services.invokeAll(List.of(start, start, start, start))) {
                assertThat(started.get()).isSameAs(topics);
            }
        }
        assertThat(partitions()).containsExactly(2);
    }

    @Test
    void anotherNumberOfPartitionsIsRefused() throws Exception {
        TopicSetup.ensure(kafka.admin(), topics, 2, ONE);
        assertThatThrownBy(() -> TopicSetup.ensure(kafka.admin(), topics, 6, ONE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("tapeline.kafka.partitions is 6")
                .hasMessageContaining(topics.depth().name() + " has 2");
        assertThat(partitions()).containsExactly(2);
    }

    @Test
    void whatIsMissingIsAdded() throws Exception {
        kafka.admin().createTopics(List.of(topics.depth().toNewTopic(2, ONE))).all().get();
        TopicSetup.ensure(kafka.admin(), topics, 2, ONE);
        assertThat(partitions()).containsExactly(2);
    }
}
