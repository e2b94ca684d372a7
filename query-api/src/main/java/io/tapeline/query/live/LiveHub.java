package io.tapeline.query.live;

import io.tapeline.schemas.market.Instrument;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Who watches what. A change is told to all who watch it and made into text at most once. */
public final class LiveHub implements AutoCloseable {

    private final int mostSubscribers;
    private final int mostWaiting;
    private final int mostBooks;
    private final Set<Subscriber> ofAll = ConcurrentHashMap.newKeySet();
    private final Map<Instrument, Set<Subscriber>> ofOne = new ConcurrentHashMap<>();
    private final LongAdder replaced = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private int subscribers;
    private boolean closed;

    /**
     * @param mostWaiting changes for one subscriber
     * @param mostBooks instruments whose books are watched, all subscribers together
     */
    public LiveHub(int mostSubscribers, int mostWaiting, int mostBooks) {
        this.mostSubscribers = mostSubscribers;
        this.mostWaiting = mostWaiting;
        this.mostBooks = mostBooks;
    }

    /**
     * @param instruments null: all
     * @return empty if there are as many as are allowed, or no more come in
     */
    public synchronized Optional<Subscriber> subscribe(
            Set<LiveType> types, @Nullable Set<Instrument> instruments) {
        if (closed || subscribers >= mostSubscribers || tooManyBooks(types, instruments)) {
            refused.increment();
            return Optional.empty();
        }
        Subscriber subscriber = new Subscriber(types, instruments, mostWaiting, replaced, dropped);
        subscribers++;
        if (instruments == null) {
            ofAll.add(subscriber);
        } else {
            instruments.forEach(instrument ->
                    ofOne.computeIfAbsent(instrument, _ -> ConcurrentHashMap.newKeySet())
                            .add(subscriber));
        }
        return Optional.of(subscriber);
    }

    private boolean tooManyBooks(Set<LiveType> types, @Nullable Set<Instrument> instruments) {
        if (!types.contains(LiveType.BOOK) || instruments == null) {
            return false;
        }
        Set<Instrument> watched = new HashSet<>(watchedBooks());
        watched.addAll(instruments);
        return watched.size() > mostBooks;
    }

    /** Nothing is told to it any more. */
    public synchronized void unsubscribe(Subscriber subscriber) {
        subscriber.close();
        Set<Instrument> instruments = subscriber.instruments();
        boolean known;
        if (instruments == null) {
            known = ofAll.remove(subscriber);
        } else {
            known = false;
            for (Instrument instrument : instruments) {
                Set<Subscriber> set = ofOne.getOrDefault(instrument, Set.of());
                known |= !set.isEmpty() && set.remove(subscriber);
                if (set.isEmpty()) {
                    ofOne.remove(instrument);
                }
            }
        }
        if (known) {
            subscribers--;
        }
    }

    /** Whether anyone watches: cheap, asked for each record. */
    public boolean isWatched(LiveType type, Instrument instrument) {
        return any(ofAll, type) || any(ofOne.getOrDefault(instrument, Set.of()), type);
    }

    private static boolean any(Set<Subscriber> subscribers, LiveType type) {
        for (Subscriber subscriber : subscribers) {
            if (subscriber.wants(type)) {
                return true;
            }
        }
        return false;
    }

    /**
     * @param json asked for only if someone watches
     */
    public void publish(LiveType type, Instrument instrument, String slot, Supplier<String> json) {
        if (!isWatched(type, instrument)) {
            return;
        }
        Change change = new Change(type, instrument, slot, json.get());
        tell(ofAll, change);
        tell(ofOne.getOrDefault(instrument, Set.of()), change);
    }

    private static void tell(Set<Subscriber> subscribers, Change change) {
        for (Subscriber subscriber : subscribers) {
            if (subscriber.wants(change.type())) {
                subscriber.offer(change);
            }
        }
    }

    /** Instruments whose books someone watches. */
    public Set<Instrument> watchedBooks() {
        Set<Instrument> watched = new HashSet<>();
        ofOne.forEach((instrument, set) -> {
            if (any(set, LiveType.BOOK)) {
                watched.add(instrument);
            }
        });
        return watched;
    }

    public synchronized int subscribers() {
        return subscribers;
    }

    /** Changes that a newer one overtook: published to a subscriber = sent + replaced + dropped. */
    public long replaced() {
        return replaced.sum();
    }

    /** Changes lost because too many of different kinds waited. Alert when it grows. */
    public long dropped() {
        return dropped.sum();
    }

    /** Subscriptions turned away. */
    public long refused() {
        return refused.sum();
    }

    /** Ends all subscriptions; no more come in. */
    @Override
    public synchronized void close() {
        closed = true;
        ofAll.forEach(Subscriber::close);
        ofOne.values().forEach(set -> set.forEach(Subscriber::close));
    }
}
