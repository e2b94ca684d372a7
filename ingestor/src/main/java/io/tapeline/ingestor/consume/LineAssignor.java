package io.tapeline.ingestor.consume;

import io.tapeline.ingestor.share.LineAssignment;
import io.tapeline.ingestor.share.Member;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Configurable;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link LineAssignment} as Kafka's group protocol wants it: cooperative, so that who keeps a
 * partition is not disturbed, and a partition is let go in one round before it is given in the
 * next.
 */
public final class LineAssignor implements ConsumerPartitionAssignor, Configurable {

    private static final Logger log = LoggerFactory.getLogger(LineAssignor.class);

    static final String LINE = "tapeline.line.number";
    static final String INSTANCE = "tapeline.instance";
    static final String PROCESS = "tapeline.process";

    private static final char BETWEEN = '\n';

    private int line;
    private String instance = "";
    private String process = "";

    @Override
    public void configure(Map<String, ?> configs) {
        if (!(configs.get(LINE) instanceof Integer number)
                || !(configs.get(INSTANCE) instanceof String ofInstance)
                || !(configs.get(PROCESS) instanceof String ofProcess)) {
            throw new IllegalArgumentException(
                    "line assignor: " + LINE + ", " + INSTANCE + " or " + PROCESS + " is missing");
        }
        line = number;
        instance = ofInstance;
        process = ofProcess;
    }

    /** Another version of the computation is another protocol: they must not meet in a group. */
    @Override
    public String name() {
        return "tapeline-line-1";
    }

    @Override
    public short version() {
        return 1;
    }

    @Override
    public List<RebalanceProtocol> supportedProtocols() {
        return List.of(RebalanceProtocol.COOPERATIVE);
    }

    @Override
    public ByteBuffer subscriptionUserData(Set<String> topics) {
        return StandardCharsets.UTF_8.encode(instance + BETWEEN + process);
    }

    @Override
    public GroupAssignment assign(Cluster metadata, GroupSubscription group) {
        Map<String, List<TopicPartition>> given = new HashMap<>();
        group.groupSubscription().keySet().forEach(id -> given.put(id, new ArrayList<>()));
        Set<String> topics = new TreeSet<>();
        group.groupSubscription().values().forEach(member -> topics.addAll(member.topics()));
        for (String topic : topics) {
            Integer partitions = metadata.partitionCountForTopic(topic);
            List<Member> members = members(group, topic);
            LineAssignment.namesTwice(members)
                    .forEach(name ->
                            log.atWarn()
                                    .addKeyValue("instance", name)
                                    .log(
                                            "several ingestors have this name: set"
                                                    + " tapeline.ingestor.instance to a name of"
                                                    + " its own for each, or restarts move more"
                                                    + " than they need"));
            LineAssignment.of(partitions == null ? 0 : partitions, line, members)
                    .forEach((id, numbers) ->
                            given.computeIfAbsent(id, _ -> new ArrayList<>())
                                    .addAll(
                                            numbers.stream()
                                                    .map(p -> new TopicPartition(topic, p))
                                                    .toList()));
        }
        return new GroupAssignment(
                given.entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getKey,
                                        entry -> new Assignment(entry.getValue()))));
    }

    private static List<Member> members(GroupSubscription group, String topic) {
        return group.groupSubscription().entrySet().stream()
                .filter(entry -> entry.getValue().topics().contains(topic))
                .map(entry -> member(entry.getKey(), entry.getValue(), topic))
                .toList();
    }

    /** One that does not say who it is goes by its id. */
    private static Member member(String id, Subscription subscription, String topic) {
        Set<Integer> owned =
                subscription.ownedPartitions().stream()
                        .filter(partition -> partition.topic().equals(topic))
                        .map(TopicPartition::partition)
                        .collect(Collectors.toSet());
        ByteBuffer data = subscription.userData();
        String said =
                data == null ? "" : StandardCharsets.UTF_8.decode(data.duplicate()).toString();
        int between = said.indexOf(BETWEEN);
        return between < 0
                ? new Member(id, id, id, owned)
                : new Member(id, said.substring(0, between), said.substring(between + 1), owned);
    }
}
