package io.tapeline.query.live;

import io.tapeline.query.routing.Aggregators;
import io.tapeline.query.routing.Answer;
import io.tapeline.query.routing.Store;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.BookAnswer;
import io.tapeline.schemas.proto.Trust;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Looks at the books that someone watches every so often and tells of those that changed: one
 * question a book and look, however many watch it.
 */
public final class BookWatch implements AutoCloseable {

    private record Seen(String state, long updateId, long eventTimeUs) {
        static Seen of(Trust trust) {
            return new Seen(trust.getState(), trust.getUpdateId(), trust.getEventTimeUs());
        }
    }

    private final LiveHub hub;
    private final Aggregators aggregators;
    private final Function<BookAnswer, String> json;
    private final String query;
    private final Map<Instrument, Seen> seen = new ConcurrentHashMap<>();
    private final Set<Instrument> asking = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("book-watch").factory());

    /**
     * @param every pause between two looks at a book
     * @param depth levels a side
     */
    public BookWatch(
            LiveHub hub,
            Aggregators aggregators,
            Function<BookAnswer, String> json,
            Duration every,
            int depth) {
        this.hub = hub;
        this.aggregators = aggregators;
        this.json = json;
        this.query = "?depth=" + depth;
        var _ =
                clock.scheduleAtFixedRate(
                        this::look, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        Set<Instrument> watched = hub.watchedBooks();
        seen.keySet().retainAll(watched);
        for (Instrument instrument : watched) {
            // One that still waits for its answer is passed over: the next look brings the newest.
            if (asking.add(instrument)) {
                Thread.ofVirtual().start(() -> look(instrument));
            }
        }
    }

    private void look(Instrument instrument) {
        try {
            if (ask(instrument) instanceof Answer.Found<BookAnswer>(BookAnswer book)) {
                Seen now = Seen.of(book.getTrust());
                if (!now.equals(seen.put(instrument, now))) {
                    hub.tellBook(instrument, () -> json.apply(book));
                }
            }
        } finally {
            asking.remove(instrument);
        }
    }

    private Answer<BookAnswer> ask(Instrument instrument) {
        return aggregators.ask(Store.BOOKS, instrument, query, BookAnswer.parser());
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
