package io.tapeline.ingestor.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Assignment;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.GroupSubscription;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.RebalanceProtocol;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Subscription;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class LineAssignorTest {

    private static final Node NODE = new Node(1, "localhost", 1);
    private static final Cluster CLUSTER =
            new Cluster(
                    "test",
                    List.of(NODE),
                    IntStream.range(0, 4)
                            .mapToObj(n ->
                                    new PartitionInfo(
                                            "instruments",
                                            n,
                                            NODE,
                                            new Node[] {NODE},
                                            new Node[] {NODE}))
                            .toList(),
                    Set.of(),
                    Set.of());

    @Test
    void whoDoesNotSubscribeTheTopicGetsNothingOfIt() {
        Map<String, Assignment> given =
                assign(
                        Map.of(
                                "one", subscription("one", List.of("instruments"), List.of()),
                                "two", subscription("two", List.of("other"), List.of())));
        assertThat(of(given, "one")).hasSize(4);
        assertThat(of(given, "two")).isEmpty();
    }

    @Test
    void whatIsOwnedIsLetGoInOneRoundAndGivenInTheNext() {
        List<TopicPartition> all =
                IntStream.range(0, 4).mapToObj(n -> new TopicPartition("instruments", n)).toList();
        Map<String, Assignment> first =
                assign(
                        Map.of(
                                "one", subscription("one", List.of("instruments"), all),
                                "two", subscription("two", List.of("instruments"), List.of())));
        assertThat(of(first, "one")).hasSize(2);
        assertThat(of(first, "two")).isEmpty();
        Map<String, Assignment> second =
                assign(
                        Map.of(
                                "one",
                                subscription("one", List.of("instruments"), of(first, "one")),
                                "two",
                                subscription("two", List.of("instruments"), List.of())));
        assertThat(of(second, "one")).isEqualTo(of(first, "one"));
        assertThat(of(second, "two")).hasSize(2);
    }

    @Test
    void aMemberThatDoesNotSayWhoItIsTakesPartAllTheSame() {
        Map<String, Assignment> given =
                assign(
                        Map.of(
                                "one",
                                subscription("one", List.of("instruments"), List.of()),
                                "mute",
                                new Subscription(List.of("instruments"), null)));
        assertThat(given.values()).allMatch(assignment -> assignment.partitions().size() == 2);
    }

    @Test
    void itIsCooperativeAndNeedsToKnowWhoItIs() {
        LineAssignor assignor = new LineAssignor();
        assertThat(assignor.supportedProtocols()).containsExactly(RebalanceProtocol.COOPERATIVE);
        assertThatThrownBy(() -> assignor.configure(Map.of(LineAssignor.LINE, 0)))
                .hasMessageContaining(LineAssignor.INSTANCE);
    }

    private static Map<String, Assignment> assign(Map<String, Subscription> members) {
        return assignor("leader").assign(CLUSTER, new GroupSubscription(members)).groupAssignment();
    }

    private static List<TopicPartition> of(Map<String, Assignment> given, String id) {
        return given.getOrDefault(id, new Assignment(List.of())).partitions();
    }

    private static Subscription subscription(
            String instance, List<String> topics, List<TopicPartition> owned) {
        ByteBuffer data = assignor(instance).subscriptionUserData(Set.copyOf(topics));
        return new Subscription(topics, data, owned, 1, Optional.empty());
    }

    private static LineAssignor assignor(String instance) {
        LineAssignor assignor = new LineAssignor();
        assignor.configure(
                Map.of(
                        LineAssignor.LINE,
                        0,
                        LineAssignor.INSTANCE,
                        instance,
                        LineAssignor.PROCESS,
                        instance + "-process"));
        return assignor;
    }
}
