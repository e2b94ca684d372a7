package io.tapeline.query.follow;

import io.tapeline.query.follow.LiveEvent.BookLost;
import io.tapeline.query.follow.LiveEvent.BookSnapshot;
import io.tapeline.query.follow.LiveEvent.CandleChange;
import io.tapeline.query.follow.LiveEvent.PriceChange;
import io.tapeline.query.follow.LiveEvent.TickerChange;
import io.tapeline.query.routing.Store;
import io.tapeline.schemas.market.BookEvent;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one kind of one instrument, and who watches it. What is told is told with its
 * lock held, so that all are told in the same order, and who joins misses nothing and is told
 * nothing twice.
 */
final class FollowedInstrument {

    private final Store kind;
    private final Instrument instrument;
    private final List<Watching> ofAll;
    private final FollowCounts counts;
    private final List<Watching> watchers = new CopyOnWriteArrayList<>();
    private final AtomicInteger joining = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Interval, CandleChange> candles = new EnumMap<>(Interval.class);
    private final FollowedBook book;
    private final Attachment feed;
    private @Nullable PriceChange price;
    private @Nullable TickerChange ticker;

    /** Since when nobody watches it; null while somebody does. */
    private @Nullable Long idleNanos;

    /**
     * @param ofAll who watches all instruments of the kind
     */
    FollowedInstrument(
            Store kind,
            Instrument instrument,
            List<Watching> ofAll,
            FollowCounts counts,
            long nanoTime) {
        this.kind = kind;
        this.instrument = instrument;
        this.ofAll = ofAll;
        this.counts = counts;
        this.book = new FollowedBook(instrument);
        this.feed = new Attachment(nanoTime);
    }

    Store kind() {
        return kind;
    }

    Instrument instrument() {
        return instrument;
    }

    /** Keeps it followed until {@link #join}. */
    void expectJoin() {
        joining.incrementAndGet();
    }

    void join(Watching watcher) {
        lock.lock();
        try {
            watchers.add(watcher);
            joining.decrementAndGet();
            tellFirst(watcher);
        } finally {
            lock.unlock();
        }
    }

    /** What is known, to this one alone. */
    void tellFirst(Watching watcher) {
        lock.lock();
        try {
            switch (kind) {
                case PRICES -> {
                    if (price != null) {
                        watcher.tell(price);
                    }
                }
                case TICKERS -> {
                    if (ticker != null) {
                        watcher.tell(ticker);
                    }
                }
                case CANDLES -> candles.values().forEach(watcher::tell);
                case BOOKS -> {
                    // One with a gap, or without a feed, is told when it is whole again.
                    if (book.isKnown() && !book.hasGap()) {
                        watcher.tell(book.snapshot());
                    }
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Does not wait for what is being told. */
    void leave(Watching watcher) {
        watchers.remove(watcher);
    }

    boolean isWatched() {
        return !watchers.isEmpty() || joining.get() > 0;
    }

    private void tell(LiveEvent event) {
        counts.told.increment();
        for (Watching watcher : watchers) {
            watcher.tell(event);
        }
        for (Watching watcher : ofAll) {
            watcher.tell(event);
        }
    }

    /** One that is known already, or older, is no news: what was accepted may be accepted again. */
    void take(PriceChange told) {
        lock.lock();
        try {
            feed.attached();
            if (price == null
                    || !price.price().eventTime().isAfter(told.price().eventTime())
                            && !told.price().equals(price.price())) {
                price = told;
                tell(told);
            }
        } finally {
            lock.unlock();
        }
    }

    void take(TickerChange told) {
        lock.lock();
        try {
            feed.attached();
            if (ticker == null
                    || !ticker.ticker().eventTime().isAfter(told.ticker().eventTime())
                            && !told.ticker().equals(ticker.ticker())) {
                ticker = told;
                tell(told);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Of an earlier interval it is passed on, as a minute that was missing and has come. */
    void take(CandleChange told) {
        lock.lock();
        try {
            feed.attached();
            Candle candle = told.candle();
            CandleChange last = candles.get(candle.interval());
            if (last == null || !isKnown(last.candle(), candle)) {
                if (last == null || !last.candle().openTime().isAfter(candle.openTime())) {
                    candles.put(candle.interval(), told);
                }
                tell(told);
            }
        } finally {
            lock.unlock();
        }
    }

    private static boolean isKnown(Candle last, Candle candle) {
        return candle.equals(last)
                || candle.openTime().equals(last.openTime())
                        && (last.closed() || last.eventTime().isAfter(candle.eventTime()));
    }

    /** A whole book. */
    void take(BookSnapshot held) {
        lock.lock();
        try {
            feed.attached();
            counts.snapshots.increment();
            book.take(held).ifPresent(this::tell);
        } finally {
            lock.unlock();
        }
    }

    /**
     * A delta or a loss.
     *
     * @return false if the book has to be asked for anew: something is missing
     */
    boolean take(BookEvent event) {
        lock.lock();
        try {
            switch (event) {
                case BookEvent.Delta delta -> {
                    boolean whole = !book.hasGap();
                    book.take(delta).ifPresent(this::tell);
                    if (whole && book.hasGap()) {
                        counts.gaps.increment();
                        return false;
                    }
                }
                case BookEvent.Lost lost -> {
                    if (book.take(lost)) {
                        tell(new BookLost(instrument, lost.eventTime(), lost.reason()));
                    }
                }
                case BookEvent.Reset _ -> {
                    return false;
                }
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * No feed tells of it any more.
     *
     * @param pauseNanos as {@link Attachment#detached}
     */
    void detached(long nanoTime, long pauseNanos) {
        lock.lock();
        try {
            book.detached();
            feed.detached(nanoTime, pauseNanos);
        } finally {
            lock.unlock();
        }
    }

    boolean mayBeAsked(long nanoTime) {
        lock.lock();
        try {
            return feed.mayBeAsked(nanoTime);
        } finally {
            lock.unlock();
        }
    }

    /** Tells that the book is lost if for so long no feed told of it. */
    void awayAfter(long nanos, long nanoTime, EpochMicros now) {
        lock.lock();
        try {
            if (kind == Store.BOOKS && feed.isAwayFor(nanos, nanoTime) && book.away()) {
                tell(new BookLost(instrument, now, "away"));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether for so long nobody has watched it. */
    boolean isIdle(long nanos, long nanoTime) {
        lock.lock();
        try {
            if (isWatched() || !ofAll.isEmpty()) {
                idleNanos = null;
                return false;
            }
            idleNanos = idleNanos == null ? Long.valueOf(nanoTime) : idleNanos;
            return nanoTime - idleNanos > nanos;
        } finally {
            lock.unlock();
        }
    }

    @Nullable BookSnapshot top(int levels) {
        lock.lock();
        try {
            return book.isKnown() ? book.top(levels) : null;
        } finally {
            lock.unlock();
        }
    }
}
