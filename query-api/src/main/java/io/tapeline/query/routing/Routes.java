package io.tapeline.query.routing;

import io.tapeline.schemas.proto.PartitionRoute;
import io.tapeline.schemas.proto.RoutingTable;
import io.tapeline.schemas.proto.StoreRoutes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Who answers for which partition of which store, as an aggregator told it. Immutable. */
final class Routes {

    static final Routes NONE = new Routes(Map.of());

    private final Map<String, Map<Integer, List<Address>>> stores;
    private final boolean isEmpty;

    private Routes(Map<String, Map<Integer, List<Address>>> stores) {
        this.stores = stores;
        this.isEmpty = instances().isEmpty();
    }

    /**
     * @throws IllegalArgumentException if an address is none
     */
    static Routes of(RoutingTable table) {
        return new Routes(
                table.getStoresList().stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        StoreRoutes::getStore,
                                        Routes::partitions,
                                        (one, other) -> other)));
    }

    private static Map<Integer, List<Address>> partitions(StoreRoutes store) {
        return store.getPartitionsList().stream()
                .collect(
                        Collectors.toUnmodifiableMap(
                                PartitionRoute::getPartition,
                                Routes::candidates,
                                (one, other) -> other));
    }

    private static List<Address> candidates(PartitionRoute route) {
        Set<Address> inOrder = new LinkedHashSet<>();
        if (!route.getActive().isEmpty()) {
            inOrder.add(Address.parse(route.getActive()));
        }
        route.getStandbysList().forEach(standby -> inOrder.add(Address.parse(standby)));
        return List.copyOf(inOrder);
    }

    /** Those who may answer, the active one first; empty where there is none. */
    List<Address> candidates(Store store, int partition) {
        return stores.getOrDefault(store.id(), Map.of()).getOrDefault(partition, List.of());
    }

    /** Every instance that holds a part of the store. */
    Set<Address> instances(Store store) {
        return flat(stores.getOrDefault(store.id(), Map.of()).values());
    }

    /** Every instance there is. */
    Set<Address> instances() {
        List<List<Address>> all = new ArrayList<>();
        stores.values().forEach(partitions -> all.addAll(partitions.values()));
        return flat(all);
    }

    boolean isEmpty() {
        return isEmpty;
    }

    private static Set<Address> flat(Collection<List<Address>> candidates) {
        Set<Address> all = new LinkedHashSet<>();
        candidates.forEach(all::addAll);
        return all;
    }
}
