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
    private final Map<Instrument, BookReaders> ofBook = new ConcurrentHashMap<>();
    private volatile Runnable onBookWatched = () -> {};
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

    /** Told when a book is watched that was not. */
    void onBookWatched(Runnable watched) {
        onBookWatched = watched;
    }

    /** What was told last is told to it first. Empty if as many are watched as are allowed. */
    Optional<AutoCloseable> watchBook(Instrument instrument, Subscriber subscriber) {
        boolean first;
        synchronized (this) {
            BookReaders known = ofBook.get(instrument);
            if (known == null && ofBook.size() >= mostBooks) {
                return Optional.empty();
            }
            first = known == null;
            ofBook.computeIfAbsent(instrument, BookReaders::new).add(subscriber);
        }
        if (first) {
            onBookWatched.run();
        }
        AtomicBoolean ended = new AtomicBoolean();
        return Optional.of(() -> {
            if (!ended.getAndSet(true)) {
                leaveBook(instrument, subscriber);
            }
        });
    }

    private synchronized void leaveBook(Instrument instrument, Subscriber subscriber) {
        BookReaders readers = ofBook.get(instrument);
        if (readers != null && readers.remove(subscriber)) {
            ofBook.remove(instrument);
        }
    }

    /** Instruments whose best levels someone watches. */
    Set<Instrument> watchedBooks() {
        return Set.copyOf(ofBook.keySet());
    }

    /**
     * @param version equal to that told last: there is nothing new
     * @param json asked for once for those who are here, and once for each who comes
     */
    void tellBook(Instrument instrument, Object version, Supplier<String> json) {
        BookReaders readers = ofBook.get(instrument);
        if (readers != null) {
            readers.tell(version, json);
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
