package io.tapeline.query.live;

import io.tapeline.query.follow.LiveEvent;
import io.tapeline.query.follow.LiveMarket;
import io.tapeline.query.follow.Watch;
import io.tapeline.query.routing.Aggregators;
import io.tapeline.query.routing.Answer;
import io.tapeline.query.routing.Store;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.BookAnswer;
import io.tapeline.schemas.proto.Trust;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of the books that someone watches, whole: asks for one as soon as it has changed, but not
 * more often than is allowed, once for all who watch it. A book of which nothing is told is looked
 * at now and then, for it may have grown stale.
 *
 * <pre>
 * changes:  x      x xx x  x
 * asked:    |      |---|---|          at least `every` lies between two
 * </pre>
 */
public final class BookWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BookWatch.class);

    /** Between two looks at what is watched, and at books that are not told to change. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private record Version(String state, long updateId, long eventTimeUs) {
        static Version of(Trust trust) {
            return new Version(trust.getState(), trust.getUpdateId(), trust.getEventTimeUs());
        }
    }

    private final LiveHub hub;
    private final LiveMarket market;
    private final Aggregators aggregators;
    private final Function<BookAnswer, String> json;
    private final String query;
    private final Duration every;
    private final Map<Instrument, Watched> watched = new HashMap<>();
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("book-watch").factory());

    /**
     * @param every least pause between two looks at a book
     * @param depth levels a side
     */
    public BookWatch(
            LiveHub hub,
            LiveMarket market,
            Aggregators aggregators,
            Function<BookAnswer, String> json,
            Duration every,
            int depth) {
        this.hub = hub;
        this.market = market;
        this.aggregators = aggregators;
        this.json = json;
        this.every = every;
        this.query = "?depth=" + depth;
        hub.onBookWatched(() -> plan(this::look, Duration.ZERO));
        var _ =
                clock.scheduleWithFixedDelay(
                        this::look,
                        LOOK_EVERY.toMillis(),
                        LOOK_EVERY.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private void plan(Runnable step, Duration delay) {
        try {
            var _ = clock.schedule(step, delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.atDebug().setCause(e).log("stream: books are watched no more");
        }
    }

    /** By the clock alone. */
    private void look() {
        try {
            Set<Instrument> wanted = hub.watchedBooks();
            watched.values().removeIf(each -> !wanted.contains(each.instrument) && each.end());
            wanted.forEach(each -> watched.computeIfAbsent(each, Watched::new).look());
        } catch (RuntimeException e) {
            // One that is thrown would be the last look.
            LOG.atError().setCause(e).log("stream: a look at the watched books failed");
        }
    }

    /** A book that somebody watches. */
    private final class Watched implements Consumer<LiveEvent> {

        private final Instrument instrument;
        private @Nullable Watch watch;
        private long askedNanos = System.nanoTime() - every.toNanos();
        private boolean planned;
        private boolean asking;
        private boolean changed;

        Watched(Instrument instrument) {
            this.instrument = instrument;
        }

        /**
         * By the clock. As many books as are allowed may be followed: then it is only looked at.
         */
        void look() {
            if (watch == null) {
                watch = market.watch(Set.of(instrument), Set.of(Store.BOOKS), this).orElse(null);
            }
            due();
        }

        /** True, for those who ask whether it has. */
        boolean end() {
            if (watch != null) {
                watch.close();
            }
            return true;
        }

        @Override
        public void accept(LiveEvent event) {
            due();
        }

        private synchronized void due() {
            if (asking) {
                changed = true;
            } else if (!planned) {
                planned = true;
                long wait = every.toNanos() - (System.nanoTime() - askedNanos);
                plan(this::begin, Duration.ofNanos(Math.max(0, wait)));
            }
        }

        private void begin() {
            synchronized (this) {
                planned = false;
                asking = true;
                changed = false;
                askedNanos = System.nanoTime();
            }
            Thread.ofVirtual().name("book-look").start(this::ask);
        }

        private void ask() {
            try {
                if (aggregators.ask(Store.BOOKS, instrument, query, BookAnswer.parser())
                        instanceof Answer.Found<BookAnswer>(BookAnswer book)) {
                    hub.tellBook(instrument, Version.of(book.getTrust()), () -> json.apply(book));
                }
            } finally {
                boolean again;
                synchronized (this) {
                    asking = false;
                    again = changed;
                }
                if (again) {
                    due();
                }
            }
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
