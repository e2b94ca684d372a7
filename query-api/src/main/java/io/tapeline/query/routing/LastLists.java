package io.tapeline.query.routing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Each partition's instruments as they were told last. They are told again, as stale, while the
 * partition changes hands and nobody holds all of it. Any thread may ask.
 */
final class LastLists<T> {

    private final Listing<T> listing;
    private final Map<Integer, List<T>> lists = new ConcurrentHashMap<>();

    LastLists(Listing<T> listing) {
        this.listing = listing;
    }

    void keep(int partition, List<T> whole) {
        lists.put(partition, whole);
    }

    /** Empty where the partition has never been answered for. */
    Optional<List<T>> stale(int partition) {
        return Optional.ofNullable(lists.get(partition))
                .map(list -> list.stream().map(listing::asStale).toList());
    }
}
