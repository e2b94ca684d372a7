package io.tapeline.exchange.stream;

import io.tapeline.exchange.market.StreamName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One stream and the connections that are subscribed to it. Changed under the hub's lock, read by
 * the market's thread without.
 */
final class Channel {

    private final StreamName name;
    private final byte[] nameBytes;
    private volatile List<Connection> subscribers = List.of();

    Channel(StreamName name) {
        this.name = name;
        this.nameBytes = name.text().getBytes(StandardCharsets.UTF_8);
    }

    StreamName name() {
        return name;
    }

    byte[] nameBytes() {
        return nameBytes;
    }

    List<Connection> subscribers() {
        return subscribers;
    }

    void add(Connection connection) {
        List<Connection> more = new ArrayList<>(subscribers);
        if (!more.contains(connection)) {
            more.add(connection);
            subscribers = List.copyOf(more);
        }
    }

    void remove(Connection connection) {
        List<Connection> fewer = new ArrayList<>(subscribers);
        fewer.remove(connection);
        subscribers = List.copyOf(fewer);
    }
}
