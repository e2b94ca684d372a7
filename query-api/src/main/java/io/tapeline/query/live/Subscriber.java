package io.tapeline.query.live;

import io.tapeline.schemas.market.Instrument;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Changes that wait for one reader. Bounded: for a reader that is slower than the changes come, a
 * newer change takes the place of the older one of the same kind; what does not fit even so is
 * dropped, the oldest first. The changes of a book cannot stand for one another: where too many
 * wait, all of that book's go, it is said so, and once the reader has taken what waits the book is
 * told anew.
 */
public final class Subscriber {

    private final int most;
    private final int mostOfBook;
    private final StreamCounts counts;
    private final Runnable ready;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final LinkedHashMap<Change.Place, Change> waiting = new LinkedHashMap<>();

    /** How many of a book wait. */
    private final Map<Instrument, Integer> ofBooks = new HashMap<>();

    /** Books of which some were passed over, and how many: told anew when the reader is here. */
    private final Map<Instrument, Integer> behind = new HashMap<>();

    private final Set<Instrument> toTellAnew = new HashSet<>();
    private boolean closed;

    /**
     * @param most changes that wait
     * @param mostOfBook of these, changes of one book
     * @param ready run when something waits where nothing did; must not wait
     */
    Subscriber(int most, int mostOfBook, StreamCounts counts, Runnable ready) {
        this.most = most;
        this.mostOfBook = mostOfBook;
        this.counts = counts;
        this.ready = ready;
    }

    /** One that a newer one of the same place may stand for. Never waits. */
    public void offer(Change change) {
        boolean first = false;
        lock.lock();
        try {
            if (closed) {
                return;
            }
            counts.offered.increment();
            first = waiting.isEmpty();
            if (waiting.put(change.place(), change) != null) {
                counts.replaced.increment();
            } else if (waiting.size() > most) {
                dropOldest();
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
        if (first) {
            ready.run();
        }
    }

    /**
     * One of a book's, which follow one another.
     *
     * @param whole what waits of the book is in it
     */
    void offerOfBook(Change change, boolean whole) {
        boolean first = false;
        lock.lock();
        try {
            if (closed) {
                return;
            }
            counts.offered.increment();
            first = waiting.isEmpty();
            Instrument book = change.instrument();
            if (whole) {
                counts.replaced.add(removeAll(book));
                behind.remove(book);
                toTellAnew.remove(book);
            } else if (behind.containsKey(book)) {
                counts.dropped.increment();
                behind.merge(book, 1, Integer::sum);
                return;
            }
            if (ofBooks.getOrDefault(book, 0) >= mostOfBook || waiting.size() >= most) {
                fallBehind(book, 1);
                return;
            }
            waiting.put(change.place(), change);
            ofBooks.merge(book, 1, Integer::sum);
            changed.signal();
        } finally {
            lock.unlock();
        }
        if (first) {
            ready.run();
        }
    }

    /**
     * @param passedOver one that comes just now, besides those that wait
     */
    private void fallBehind(Instrument book, int passedOver) {
        int gone = removeAll(book) + passedOver;
        counts.dropped.add(gone);
        counts.resyncs.increment();
        behind.merge(book, gone, Integer::sum);
        toTellAnew.add(book);
    }

    private int removeAll(Instrument book) {
        Integer held = ofBooks.remove(book);
        if (held == null) {
            return 0;
        }
        waiting.values().removeIf(each -> each.isOfBook() && each.instrument().equals(book));
        return held;
    }

    private void dropOldest() {
        Iterator<Change> oldest = waiting.sequencedValues().iterator();
        Change gone = oldest.next();
        if (gone.isOfBook()) {
            fallBehind(gone.instrument(), 0);
        } else {
            oldest.remove();
            counts.dropped.increment();
        }
    }

    /**
     * All that waits, in the order it came; empty if nothing did within the patience, or once
     * {@link #isClosed}.
     */
    List<Change> take(Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = patience.toNanos();
            while (waiting.isEmpty() && toTellAnew.isEmpty() && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            return takeAll();
        } finally {
            lock.unlock();
        }
    }

    /** All that waits, without waiting for any. */
    List<Change> poll() {
        lock.lock();
        try {
            return takeAll();
        } finally {
            lock.unlock();
        }
    }

    /** The oldest that waits; null if none does. */
    @Nullable Change pollFirst() {
        lock.lock();
        try {
            Map.Entry<Change.Place, Change> first = waiting.pollFirstEntry();
            if (first == null) {
                return null;
            }
            Change change = first.getValue();
            if (change.isOfBook()) {
                ofBooks.computeIfPresent(
                        change.instrument(), (_, held) -> held > 1 ? held - 1 : null);
            }
            counts.taken.increment();
            return change;
        } finally {
            lock.unlock();
        }
    }

    private List<Change> takeAll() {
        List<Change> taken = new ArrayList<>(waiting.sequencedValues());
        counts.taken.add(taken.size());
        waiting.clear();
        ofBooks.clear();
        return taken;
    }

    /** Books to be told anew, since their reader is back, with how many changes it missed. */
    Map<Instrument, Integer> takeBehind() {
        lock.lock();
        try {
            if (toTellAnew.isEmpty()) {
                return Map.of();
            }
            Map<Instrument, Integer> anew = new HashMap<>();
            toTellAnew.forEach(book -> anew.put(book, behind.getOrDefault(book, 0)));
            toTellAnew.clear();
            return anew;
        } finally {
            lock.unlock();
        }
    }

    /** Nobody wants to know of it any more. */
    void forget(Subscription subscription) {
        Instrument instrument = subscription.instrument();
        lock.lock();
        try {
            if (subscription.type() == LiveType.DEPTH && instrument != null) {
                ofBooks.remove(instrument);
                behind.remove(instrument);
                toTellAnew.remove(instrument);
            }
            waiting.values()
                    .removeIf(each ->
                            each.type() == subscription.type()
                                    && (instrument == null
                                            || each.instrument().equals(instrument)));
        } finally {
            lock.unlock();
        }
    }

    /** Whether no change will come any more. */
    public boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            waiting.clear();
            ofBooks.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        ready.run();
    }
}
