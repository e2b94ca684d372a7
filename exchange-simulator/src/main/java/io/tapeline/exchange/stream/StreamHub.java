package io.tapeline.exchange.stream;

import io.tapeline.exchange.fault.EventFault;
import io.tapeline.exchange.fault.FaultSite;
import io.tapeline.exchange.ledger.Ledger;
import io.tapeline.exchange.market.Payload;
import io.tapeline.exchange.market.StreamName;
import io.tapeline.exchange.market.StreamSink;
import io.tapeline.exchange.market.TimePrecision;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Who is subscribed to what; serialises each event once and hands the bytes to every subscriber's
 * queue.
 */
public final class StreamHub implements StreamSink {

    private final Ledger ledger;
    private final InstantSource clock;
    private final Map<String, Channel> channels = new ConcurrentHashMap<>();
    private final Map<String, List<StreamName>> bySymbol = new ConcurrentHashMap<>();
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final LongAdder framesSent = new LongAdder();
    private final EventFaults faults;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable Instant lastSubscription;

    public StreamHub(Ledger ledger, InstantSource clock) {
        this.ledger = ledger;
        this.clock = clock;
        this.faults = new EventFaults(this, clock);
    }

    @Override
    public List<StreamName> subscribed(String symbol) {
        return bySymbol.getOrDefault(symbol, List.of());
    }

    @Override
    public boolean isSubscribed(String stream) {
        return channels.containsKey(stream);
    }

    @Override
    public void publish(String stream, Payload payload) {
        Channel channel = channels.get(stream);
        if (channel == null) {
            return;
        }
        List<Connection> subscribers = channel.subscribers();
        if (subscribers.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        long nanos =
                Math.addExact(
                        Math.multiplyExact(now.getEpochSecond(), 1_000_000_000L), now.getNano());
        byte[] millis = payload.bytes(TimePrecision.MILLISECOND);
        Outgoing frame =
                new Outgoing(channel.nameBytes(), millis, ledger.published(stream, nanos, millis));
        @Nullable Outgoing fine = null;
        for (Connection connection : subscribers) {
            switch (connection.precision()) {
                case MILLISECOND -> deliver(connection, channel, frame);
                case MICROSECOND -> {
                    if (fine == null) {
                        fine = frame.withBytes(payload.bytes(TimePrecision.MICROSECOND));
                    }
                    deliver(connection, channel, fine);
                }
            }
        }
    }

    private void deliver(Connection connection, Channel channel, Outgoing frame) {
        if (faults.any()) {
            faults.deliver(new Delivery(connection, channel.name(), frame));
        } else {
            connection.send(frame);
        }
    }

    /** Where events go wrong. */
    public FaultSite<EventFault> eventFaults() {
        return faults;
    }

    void subscribe(Connection connection, StreamName name) {
        lock.lock();
        try {
            Channel channel = channels.get(name.text());
            if (channel == null) {
                channel = new Channel(name);
                channel.add(connection);
                channels.put(name.text(), channel);
                index(name, true);
            } else {
                channel.add(connection);
            }
            lastSubscription = clock.instant();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void unsubscribe(Connection connection, String stream) {
        lock.lock();
        try {
            Channel channel = channels.get(stream);
            if (channel == null) {
                return;
            }
            channel.remove(connection);
            if (channel.subscribers().isEmpty()) {
                channels.remove(stream);
                index(channel.name(), false);
            }
        } finally {
            lock.unlock();
        }
    }

    private void index(StreamName name, boolean present) {
        bySymbol.compute(
                name.symbol(),
                (symbol, before) -> {
                    List<StreamName> names =
                            before == null ? new ArrayList<>() : new ArrayList<>(before);
                    if (present) {
                        names.add(name);
                    } else {
                        names.remove(name);
                    }
                    return names.isEmpty() ? null : List.copyOf(names);
                });
    }

    void opened(Connection connection) {
        connections.add(connection);
    }

    void closed(Connection connection) {
        connections.remove(connection);
        roomAgain();
    }

    /** All connections that are open now. */
    public List<ConnectionView> connections() {
        return connections.stream()
                .map(Connection::view)
                .sorted((a, b) -> Long.compare(a.id(), b.id()))
                .toList();
    }

    Set<Connection> open() {
        return connections;
    }

    void written() {
        framesSent.increment();
    }

    /** How many events were written to sockets. */
    public long framesSent() {
        return framesSent.sum();
    }

    void roomAgain() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lets the sockets write what was published since the last flush. To be called without holding
     * the market's lock.
     */
    public void flush() {
        for (Connection connection : connections) {
            connection.sender().flush();
        }
    }

    /** Waits until no socket's queue is more than half full. */
    public void awaitRoom() throws InterruptedException {
        while (anyCrowded()) {
            lock.lock();
            try {
                if (anyCrowded()) {
                    // The relief may come between the question and the wait: ask again before long.
                    changed.awaitNanos(TimeUnit.MILLISECONDS.toNanos(20));
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private boolean anyCrowded() {
        for (Connection connection : connections) {
            if (connection.sender().crowded()) {
                return true;
            }
        }
        return false;
    }

    /** Waits until somebody has subscribed and then nobody has for the given time. */
    public void awaitSubscribers(Duration quiet) throws InterruptedException {
        lock.lock();
        try {
            while (true) {
                Instant last = lastSubscription;
                if (last == null) {
                    changed.await();
                } else {
                    Duration left = quiet.minus(Duration.between(last, clock.instant()));
                    if (left.isNegative() || left.isZero()) {
                        return;
                    }
                    changed.awaitNanos(left.toNanos());
                }
            }
        } finally {
            lock.unlock();
        }
    }
}
