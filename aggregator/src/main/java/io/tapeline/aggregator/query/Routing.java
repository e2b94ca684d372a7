package io.tapeline.aggregator.query;

import io.tapeline.aggregator.store.StoreNames;
import io.tapeline.schemas.proto.PartitionRoute;
import io.tapeline.schemas.proto.RoutingTable;
import io.tapeline.schemas.proto.StoreRoutes;
import io.tapeline.schemas.topic.Topics;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.state.HostInfo;

/** Which instance holds which partition of which store, as the group last agreed. */
final class Routing {

    static final List<String> STORES =
            List.of(StoreNames.PRICES, StoreNames.TICKERS, StoreNames.CANDLES, StoreNames.BOOKS);

    private final KafkaStreams streams;
    private final HostInfo self;
    private final Topics topics;
    private final int partitions;

    Routing(KafkaStreams streams, HostInfo self, Topics topics, int partitions) {
        this.streams = streams;
        this.self = self;
        this.topics = topics;
        this.partitions = partitions;
    }

    int partitions() {
        return partitions;
    }

    Placement placement(String store, int partition) {
        TopicPartition input = input(store, partition);
        boolean elsewhere = false;
        Placement here = Placement.UNASSIGNED;
        for (StreamsMetadata instance : instances()) {
            boolean active =
                    holds(instance.stateStoreNames(), instance.topicPartitions(), store, input);
            boolean standby =
                    holds(
                            instance.standbyStateStoreNames(),
                            instance.standbyTopicPartitions(),
                            store,
                            input);
            if (instance.hostInfo().equals(self)) {
                here = active ? Placement.ACTIVE : standby ? Placement.STANDBY : here;
            } else {
                elsewhere |= active || standby;
            }
        }
        return here == Placement.UNASSIGNED && elsewhere ? Placement.ELSEWHERE : here;
    }

    /** None while the streams do not run yet, or stop. */
    private Collection<StreamsMetadata> instances() {
        try {
            return streams.metadataForAllStreamsClients();
        } catch (IllegalStateException e) {
            return List.of();
        }
    }

    private static boolean holds(
            Set<String> stores, Set<TopicPartition> inputs, String store, TopicPartition input) {
        return stores.contains(store) && inputs.contains(input);
    }

    /** A store's partition goes with one of its input topic. */
    private TopicPartition input(String store, int partition) {
        String topic =
                store.equals(StoreNames.BOOKS)
                        ? topics.rawDepth().name()
                        : topics.rawTickers().name();
        return new TopicPartition(topic, partition);
    }

    RoutingTable table() {
        Collection<StreamsMetadata> instances = instances();
        RoutingTable.Builder table = RoutingTable.newBuilder();
        for (String store : STORES) {
            StoreRoutes.Builder routes = StoreRoutes.newBuilder().setStore(store);
            for (int partition = 0; partition < partitions; partition++) {
                routes.addPartitions(route(instances, store, partition));
            }
            table.addStores(routes);
        }
        return table.build();
    }

    private PartitionRoute route(
            Collection<StreamsMetadata> instances, String store, int partition) {
        TopicPartition input = input(store, partition);
        PartitionRoute.Builder route = PartitionRoute.newBuilder().setPartition(partition);
        for (StreamsMetadata instance : instances) {
            if (holds(instance.stateStoreNames(), instance.topicPartitions(), store, input)) {
                route.setActive(address(instance.hostInfo()));
            }
            if (holds(
                    instance.standbyStateStoreNames(),
                    instance.standbyTopicPartitions(),
                    store,
                    input)) {
                route.addStandbys(address(instance.hostInfo()));
            }
        }
        return route.build();
    }

    private static String address(HostInfo host) {
        return host.host() + ":" + host.port();
    }
}
