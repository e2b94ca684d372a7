package io.tapeline.exchange.stream;

import io.tapeline.exchange.fault.Scope;
import io.tapeline.exchange.market.StreamName;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The streams that one connection is subscribed to, in the order of subscription. Thread-safe. */
final class Subscriptions {

    private final Connection connection;
    private final StreamHub hub;
    private final Map<String, StreamName> streams = new LinkedHashMap<>();
    private boolean ended;

    Subscriptions(Connection connection, StreamHub hub) {
        this.connection = connection;
        this.hub = hub;
    }

    synchronized void add(StreamName name) {
        if (!ended && streams.putIfAbsent(name.text(), name) == null) {
            hub.subscribe(connection, name);
        }
    }

    synchronized void remove(String name) {
        if (streams.remove(name) != null) {
            hub.unsubscribe(connection, name);
        }
    }

    /** How many there would be with those given. */
    synchronized int sizeWith(List<StreamName> more) {
        Set<String> after = new LinkedHashSet<>(streams.keySet());
        more.forEach(name -> after.add(name.text()));
        return after.size();
    }

    synchronized List<String> names() {
        return List.copyOf(streams.keySet());
    }

    /** Whether the connection carries any of the streams that the scope is about. */
    synchronized boolean carries(Scope scope) {
        return scope.anyStream() || streams.values().stream().anyMatch(scope::matches);
    }

    /** Ends them all; none can be added any more. */
    synchronized void end() {
        ended = true;
        streams.keySet().forEach(name -> hub.unsubscribe(connection, name));
        streams.clear();
    }
}
