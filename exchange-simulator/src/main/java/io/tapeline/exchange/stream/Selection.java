package io.tapeline.exchange.stream;

import io.tapeline.exchange.fault.Sockets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which connections one fault strikes. {@code newest} and its like are decided when there is such a
 * connection for the first time, and stay with it. Thread-safe.
 */
final class Selection {

    private final Sockets sockets;
    private final Predicate<Connection> candidates;
    private final boolean open;
    private volatile @Nullable Set<Long> bound;

    /**
     * @param candidates those that carry what the fault is about
     * @param fixed whether {@code all} are those that are there at the beginning, and not also
     *     those that come later
     */
    Selection(Sockets sockets, Predicate<Connection> candidates, boolean fixed) {
        this.sockets = sockets;
        this.candidates = candidates;
        this.open = sockets instanceof Sockets.All && !fixed;
    }

    /** Decides, where that is still to do and possible with the connections given. */
    void bind(Collection<Connection> connections) {
        if (open || bound != null) {
            return;
        }
        List<Long> ids =
                connections.stream()
                        .filter(candidates)
                        .map(Connection::id)
                        .sorted(Comparator.naturalOrder())
                        .toList();
        List<Long> chosen =
                switch (sockets) {
                    case Sockets.All() -> ids;
                    case Sockets.Newest() -> ids.subList(Math.max(0, ids.size() - 1), ids.size());
                    case Sockets.Oldest() -> ids.subList(0, Math.min(1, ids.size()));
                    case Sockets.Nth(int n) ->
                            ids.size() < n ? List.<Long>of() : List.of(ids.get(n - 1));
                    case Sockets.Numbered(long id) -> List.of(id);
                };
        if (!chosen.isEmpty()) {
            bound = Set.copyOf(chosen);
        }
    }

    boolean includes(Connection connection) {
        Set<Long> ids = bound;
        return open || (ids != null && ids.contains(connection.id()));
    }

    /** Those of the connections given that are struck. */
    List<Connection> of(Collection<Connection> connections) {
        return connections.stream()
                .filter(this::includes)
                .filter(candidates)
                .sorted(Comparator.comparingLong(Connection::id))
                .toList();
    }

    /**
     * Whether none of the connections that it stays with can be struck any more.
     *
     * @param spent those among the connections given that are done with
     */
    boolean exhausted(Collection<Connection> connections, Predicate<Connection> spent) {
        Set<Long> ids = bound;
        if (ids == null || sockets instanceof Sockets.Numbered) {
            return false;
        }
        Set<Long> left =
                connections.stream()
                        .filter(spent.negate())
                        .map(Connection::id)
                        .collect(Collectors.toSet());
        return ids.stream().noneMatch(left::contains);
    }
}
