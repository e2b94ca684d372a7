package io.tapeline.query.routing;

import io.tapeline.schemas.proto.PriceAnswer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Each partition's prices as they were told last. They are told again, as stale, while the
 * partition changes hands and nobody holds all of it. Any thread may ask.
 */
final class LastLists {

    private static final String STALE = "STALE";

    private final Map<Integer, List<PriceAnswer>> lists = new ConcurrentHashMap<>();

    void keep(int partition, List<PriceAnswer> whole) {
        lists.put(partition, whole);
    }

    /** Empty where the partition has never been answered for. */
    Optional<List<PriceAnswer>> stale(int partition) {
        return Optional.ofNullable(lists.get(partition))
                .map(list -> list.stream().map(LastLists::stale).toList());
    }

    private static PriceAnswer stale(PriceAnswer price) {
        return price.toBuilder().setTrust(price.getTrust().toBuilder().setState(STALE)).build();
    }
}
