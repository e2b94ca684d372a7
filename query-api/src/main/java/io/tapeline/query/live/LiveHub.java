package io.tapeline.query.live;

import io.tapeline.query.follow.LiveMarket;
import io.tapeline.schemas.market.Instrument;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Who listens. A change is made into text at most once, however many it is told to. */
public final class LiveHub implements AutoCloseable {

    /** Of the changes that wait for a subscriber, those of one book. */
    private static final int MOST_OF_BOOK = 256;

    private final LiveMarket market;
    private final Changes changes;
    private final LiveTexts texts;
    private final StreamCounts counts = new StreamCounts();
    private final int mostSubscribers;
    private final int mostWaiting;
    private final int mostBooks;
    private final Set<LiveSession> sessions = ConcurrentHashMap.newKeySet();
    private final Map<Instrument, Set<Subscriber>> ofBook = new ConcurrentHashMap<>();
    private int open;
    private boolean closed;

    /**
     * @param mostWaiting changes for one subscriber
     * @param mostBooks instruments whose best levels are watched, all subscribers together
     */
    public LiveHub(
            LiveMarket market,
            LiveTexts texts,
            int mostSubscribers,
            int mostWaiting,
            int mostBooks) {
        this.market = market;
        this.texts = texts;
        this.changes = new Changes(texts);
        this.mostSubscribers = mostSubscribers;
        this.mostWaiting = mostWaiting;
        this.mostBooks = mostBooks;
    }

    /** {@link #open(Runnable)} for who waits with {@link LiveSession#take}. */
    public Optional<LiveSession> open() {
        return open(() -> {});
    }

    /**
     * @param ready run when something waits where nothing did, and when the session is closed; on
     *     the thread that tells all others too: must not wait
     * @return empty if there are as many as are allowed, or no more come in
     */
    public Optional<LiveSession> open(Runnable ready) {
        LiveSession session;
        synchronized (this) {
            if (closed || open >= mostSubscribers) {
                counts.refused.increment();
                return Optional.empty();
            }
            open++;
            session =
                    new LiveSession(
                            this,
                            new Subscriber(
                                    mostWaiting,
                                    Math.min(MOST_OF_BOOK, mostWaiting),
                                    counts,
                                    ready));
            sessions.add(session);
        }
        return Optional.of(session);
    }

    /** Once for each session. */
    void ended(LiveSession session) {
        synchronized (this) {
            if (sessions.remove(session)) {
                open--;
            }
        }
    }

    LiveMarket market() {
        return market;
    }

    Changes changes() {
        return changes;
    }

    LiveTexts texts() {
        return texts;
    }

    public StreamCounts counts() {
        return counts;
    }

    /** Empty if as many books are watched as are allowed. */
    synchronized Optional<AutoCloseable> watchBook(Instrument instrument, Subscriber subscriber) {
        if (!ofBook.containsKey(instrument) && ofBook.size() >= mostBooks) {
            return Optional.empty();
        }
        ofBook.computeIfAbsent(instrument, _ -> ConcurrentHashMap.newKeySet()).add(subscriber);
        AtomicBoolean ended = new AtomicBoolean();
        return Optional.of(() -> {
            if (!ended.getAndSet(true)) {
                leaveBook(instrument, subscriber);
            }
        });
    }

    private synchronized void leaveBook(Instrument instrument, Subscriber subscriber) {
        Set<Subscriber> set = ofBook.getOrDefault(instrument, Set.of());
        if (!set.isEmpty() && set.remove(subscriber) && set.isEmpty()) {
            ofBook.remove(instrument);
        }
    }

    /** Instruments whose best levels someone watches. */
    Set<Instrument> watchedBooks() {
        return Set.copyOf(ofBook.keySet());
    }

    /**
     * @param json asked for once at most
     */
    void tellBook(Instrument instrument, Supplier<String> json) {
        Change change = new Change(LiveType.BOOK, instrument, "", json);
        for (Subscriber subscriber : ofBook.getOrDefault(instrument, Set.of())) {
            subscriber.offer(change);
        }
    }

    public synchronized int subscribers() {
        return open;
    }

    /** Ends all sessions; no more come in. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        sessions.forEach(LiveSession::close);
    }
}
