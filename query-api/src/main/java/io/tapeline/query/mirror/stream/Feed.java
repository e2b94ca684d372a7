package io.tapeline.query.mirror.stream;

import io.tapeline.query.follow.LiveEvent;
import io.tapeline.query.mirror.ExchangeJson;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** One stream: makes its events out of the market's, for all who listen. */
abstract class Feed {

    /** Who listens to streams. */
    interface Listener {

        /** Never waits. */
        void offer(StreamEvent event);
    }

    private final String name;
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();

    Feed(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    void add(Listener listener) {
        listeners.add(listener);
    }

    /** True if nobody is left. */
    boolean remove(Listener listener) {
        listeners.remove(listener);
        return listeners.isEmpty();
    }

    /** Never waits; one call at a time for an instrument. */
    abstract void on(LiveEvent event);

    /** Each second. */
    void tick() {}

    final void publish(Consumer<ExchangeJson> payload) {
        StreamEvent event = new StreamEvent(name, payload);
        for (Listener listener : listeners) {
            listener.offer(event);
        }
    }
}
