package io.tapeline.aggregator.tap;

import io.tapeline.schemas.market.Instrument;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one follower is still to be told. Stream threads offer, one thread takes, any thread changes
 * what is followed.
 *
 * <pre>
 *   begin ---> what the store holds is due ---taken: begins()---> flowing ---end, gone--->
 *                        ^                                          |
 *                        +------- reset of a book, overflow --------+
 * </pre>
 *
 * A store is changed before the change is offered. So all that was offered before {@link #begins}
 * is in what the store is asked for afterwards, and what is offered later either follows it or is
 * told twice; nothing is missing. Twice is recognised by update id or event time.
 */
public final class Feed implements AutoCloseable {

    private final LongAdder told;
    private final LongAdder overflowed;
    private final Consumer<Feed> onClose;
    private final List<Map<Instrument, Place>> places =
            Stream.of(Kind.values())
                    .<Map<Instrument, Place>>map(_ -> new ConcurrentHashMap<>())
                    .toList();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Backlog backlog;
    private final Set<Kind> allFollowed = ConcurrentHashMap.newKeySet();
    private boolean waiting;
    private boolean closed;

    Feed(int most, LongAdder told, LongAdder overflowed, Consumer<Feed> onClose) {
        backlog = new Backlog(most);
        this.told = told;
        this.overflowed = overflowed;
        this.onClose = onClose;
    }

    /** Null if what is accepted there is not to be told. Cheap, without a lock. */
    @Nullable Place following(Kind kind, Instrument instrument) {
        Place place = places.get(kind.ordinal()).get(instrument);
        if (place == null) {
            return allFollowed.contains(kind) ? flowing(kind, instrument) : null;
        }
        return place.flowing ? place : null;
    }

    /** All are followed: one that is new from its first event. */
    private @Nullable Place flowing(Kind kind, Instrument instrument) {
        lock.lock();
        try {
            if (closed || !allFollowed.contains(kind)) {
                return null;
            }
            Place place = place(kind, instrument);
            place.flowing = true;
            return place;
        } finally {
            lock.unlock();
        }
    }

    private Place place(Kind kind, Instrument instrument) {
        return places.get(kind.ordinal()).computeIfAbsent(instrument, key -> new Place(kind, key));
    }

    void offer(Place place, Accepted accepted) {
        lock.lock();
        try {
            if (closed || place.ended || !place.flowing) {
                return;
            }
            if (!backlog.add(place, accepted)) {
                overflowed.increment();
                backlog.makeDue(place);
            }
            wake();
        } finally {
            lock.unlock();
        }
    }

    /** What the store holds is told again, whole. */
    void anew(Place place) {
        lock.lock();
        try {
            if (!closed && !place.ended) {
                backlog.makeDue(place);
                wake();
            }
        } finally {
            lock.unlock();
        }
    }

    private void wake() {
        if (waiting) {
            waiting = false;
            changed.signal();
        }
    }

    /**
     * Follows it from now on, told what its store holds first; told that anew if it was already.
     */
    public void begin(Kind kind, Instrument instrument) {
        lock.lock();
        try {
            if (!closed) {
                Place place = place(kind, instrument);
                place.named = true;
                backlog.makeDue(place);
                wake();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Likewise all instruments that there are, and those that come. Not of books. */
    public void beginAll(Kind kind) {
        if (kind == Kind.BOOKS) {
            throw new IllegalArgumentException("feed: all books cannot be followed at once");
        }
        lock.lock();
        try {
            if (!closed) {
                backlog.makeAllDue(kind);
                wake();
            }
        } finally {
            lock.unlock();
        }
    }

    public void end(Kind kind, Instrument instrument) {
        lock.lock();
        try {
            Place place = places.get(kind.ordinal()).get(instrument);
            if (place != null) {
                place.named = false;
                if (!allFollowed.contains(kind)) {
                    end(place);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** What was begun by name goes on. */
    public void endAll(Kind kind) {
        lock.lock();
        try {
            allFollowed.remove(kind);
            backlog.forgetAll(kind);
            for (Place place : places.get(kind.ordinal()).values()) {
                if (!place.named) {
                    end(place);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void end(Place place) {
        places.get(place.kind().ordinal()).remove(place.instrument(), place);
        place.flowing = false;
        place.ended = true;
        backlog.forget(place);
    }

    void gone(Kind kind, Predicate<Instrument> which) {
        lock.lock();
        try {
            for (Place place : places.get(kind.ordinal()).values()) {
                if (which.test(place.instrument())) {
                    end(place);
                    if (place.named) {
                        backlog.addGone(
                                new Next.TellGone(kind, place.instrument(), "its partition moves"));
                    }
                }
            }
            wake();
        } finally {
            lock.unlock();
        }
    }

    /** The reader found that the instance cannot tell. */
    public Next.TellGone giveUp(Place place, String reason) {
        lock.lock();
        try {
            end(place);
        } finally {
            lock.unlock();
        }
        return new Next.TellGone(place.kind(), place.instrument(), reason);
    }

    /** To be called before the store is asked for what it holds. */
    public void begins(Place place) {
        lock.lock();
        try {
            if (!place.ended) {
                backlog.begins(place);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Likewise. */
    public void beginsAll(Kind kind) {
        lock.lock();
        try {
            if (!closed) {
                allFollowed.add(kind);
                for (Place place : places.get(kind.ordinal()).values()) {
                    backlog.begins(place);
                    backlog.forget(place);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * For the reader.
     *
     * @return {@link Next.Closed} ever after the feed is closed
     */
    public Next take(Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = patience.toNanos();
            while (true) {
                Next next = next();
                if (next != null) {
                    return next;
                }
                if (left <= 0) {
                    return new Next.Quiet();
                }
                waiting = true;
                left = changed.awaitNanos(left);
                waiting = false;
            }
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Next next() {
        if (closed) {
            return new Next.Closed();
        }
        Next next = backlog.next();
        if (next instanceof Next.Tell) {
            told.increment();
        }
        return next;
    }

    /** Nothing is offered or told any more; idempotent. */
    @Override
    public void close() {
        onClose.accept(this);
        lock.lock();
        try {
            closed = true;
            backlog.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
