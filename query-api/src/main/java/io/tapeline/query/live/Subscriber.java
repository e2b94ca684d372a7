package io.tapeline.query.live;

import io.tapeline.schemas.market.Instrument;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Changes that wait for one reader. Bounded: for a reader that is slower than the changes come, a
 * newer change takes the place of the older one of the same kind; what does not fit even so is
 * dropped, the oldest first.
 */
public final class Subscriber {

    private final Set<LiveType> types;
    private final @Nullable Set<Instrument> instruments;
    private final int most;
    private final LongAdder replaced;
    private final LongAdder dropped;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final LinkedHashMap<Change.Place, Change> waiting = new LinkedHashMap<>();
    private boolean closed;

    Subscriber(
            Set<LiveType> types,
            @Nullable Set<Instrument> instruments,
            int most,
            LongAdder replaced,
            LongAdder dropped) {
        this.types = Set.copyOf(types);
        this.instruments = instruments == null ? null : Set.copyOf(instruments);
        this.most = most;
        this.replaced = replaced;
        this.dropped = dropped;
    }

    boolean wants(LiveType type) {
        return types.contains(type);
    }

    /** Null: all. */
    @Nullable Set<Instrument> instruments() {
        return instruments;
    }

    /** Never waits. */
    public void offer(Change change) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            if (waiting.put(change.place(), change) != null) {
                replaced.increment();
            } else if (waiting.size() > most) {
                waiting.pollFirstEntry();
                dropped.increment();
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * All that waits, in the order it came; empty if nothing did within the patience, or once
     * {@link #isClosed}.
     */
    public List<Change> take(Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = patience.toNanos();
            while (waiting.isEmpty() && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            List<Change> taken = List.copyOf(waiting.sequencedValues());
            waiting.clear();
            return taken;
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
            closed = true;
            waiting.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
