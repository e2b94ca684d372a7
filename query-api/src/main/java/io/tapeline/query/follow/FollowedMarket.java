package io.tapeline.query.follow;

import io.tapeline.query.follow.LiveEvent.BookSnapshot;
import io.tapeline.query.routing.Store;
import io.tapeline.schemas.market.BookEvent;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.FeedGone;
import io.tapeline.schemas.proto.FeedMessage;
import io.tapeline.schemas.wire.BookEventCodec;
import io.tapeline.schemas.wire.MalformedPayload;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who watches what, and what is known of it. What feeds tell comes in by {@link #take}. */
public final class FollowedMarket implements LiveMarket {

    private static final Logger LOG = LoggerFactory.getLogger(FollowedMarket.class);

    private final int mostWatches;
    private final int mostBooks;
    private final Clock clock;
    private final FollowCounts counts;
    private final FollowedSubjects followed;
    private volatile Runnable onWanted = () -> {};
    private int watches;
    private boolean closed;

    /**
     * @param mostWatches at a time
     * @param mostBooks watched at a time, all watches together
     */
    public FollowedMarket(int mostWatches, int mostBooks, Clock clock, FollowCounts counts) {
        this.mostWatches = mostWatches;
        this.mostBooks = mostBooks;
        this.clock = clock;
        this.counts = counts;
        followed = new FollowedSubjects(counts);
    }

    /** Told when something is to be followed that was not. */
    void onWanted(Runnable wanted) {
        onWanted = wanted;
    }

    @Override
    public Optional<Watch> watch(
            @Nullable Set<Instrument> instruments, Set<Store> kinds, Consumer<LiveEvent> events) {
        if (instruments == null && kinds.contains(Store.BOOKS)) {
            throw new IllegalArgumentException("watch: the books of all instruments");
        }
        List<FollowedInstrument> targets = new ArrayList<>();
        synchronized (this) {
            if (closed || watches >= mostWatches || tooManyBooks(instruments, kinds)) {
                return Optional.empty();
            }
            watches++;
            if (instruments != null) {
                kinds.forEach(kind ->
                        instruments.forEach(each -> targets.add(followed.expect(kind, each))));
            }
        }
        Watching watching = watching(instruments == null ? kinds : Set.of(), targets, events);
        if (instruments == null) {
            kinds.forEach(kind -> followed.ofAll(kind).add(watching));
            followed.all().stream()
                    .filter(each -> kinds.contains(each.kind()))
                    .forEach(each -> each.tellFirst(watching));
        }
        targets.forEach(each -> each.join(watching));
        onWanted.run();
        return Optional.of(watching);
    }

    private Watching watching(
            Set<Store> whole, List<FollowedInstrument> targets, Consumer<LiveEvent> events) {
        Map<Instrument, FollowedInstrument> books = new HashMap<>();
        targets.stream()
                .filter(each -> each.kind() == Store.BOOKS)
                .forEach(each -> books.put(each.instrument(), each));
        Watching[] self = new Watching[1];
        self[0] =
                new Watching(
                        events,
                        books,
                        () -> {
                            whole.forEach(kind -> followed.ofAll(kind).remove(self[0]));
                            targets.forEach(each -> each.leave(self[0]));
                            ended();
                        });
        return self[0];
    }

    private synchronized void ended() {
        watches--;
    }

    private boolean tooManyBooks(@Nullable Set<Instrument> instruments, Set<Store> kinds) {
        if (instruments == null || !kinds.contains(Store.BOOKS)) {
            return false;
        }
        long more =
                instruments.stream()
                        .map(each -> followed.get(Store.BOOKS, each))
                        .filter(each -> each == null || !each.isWatched())
                        .count();
        return more > 0 && books() + more > mostBooks;
    }

    @Override
    public @Nullable BookSnapshot book(Instrument instrument, int levels) {
        FollowedInstrument book = followed.get(Store.BOOKS, instrument);
        return book == null ? null : book.top(levels);
    }

    /** Books that somebody watches. */
    public int books() {
        return followed.books();
    }

    public synchronized int watches() {
        return watches;
    }

    /** Lets nobody in any more. */
    public synchronized void close() {
        closed = true;
    }

    /** As {@link FollowedSubjects#tidy}. */
    void tidy(long nanoTime) {
        followed.tidy(nanoTime, EpochMicros.ofMillis(clock.millis()));
    }

    List<FollowedInstrument> wantedByName() {
        return followed.byName();
    }

    List<Store> wantedWholly() {
        return followed.wholly();
    }

    void detached(Collection<Subject> subjects, long nanoTime) {
        followed.detached(subjects, nanoTime);
    }

    /**
     * What a feed tells.
     *
     * @return what the feed does not tell of any more, and has to be asked for again if it is still
     *     wanted; null: nothing
     * @throws MalformedPayload if it cannot be understood
     */
    @Nullable Subject take(FeedMessage message) throws MalformedPayload {
        switch (message.getToldCase()) {
            case PRICE -> take(FeedReading.price(message.getPrice(), LiveState.LIVE));
            case PRICE_HELD ->
                    take(
                            FeedReading.price(
                                    message.getPriceHeld().getPrice(),
                                    FeedReading.state(message.getPriceHeld().getTrust())));
            case TICKER -> take(FeedReading.ticker(message.getTicker(), LiveState.LIVE));
            case TICKER_HELD ->
                    take(
                            FeedReading.ticker(
                                    message.getTickerHeld().getTicker(),
                                    FeedReading.state(message.getTickerHeld().getTrust())));
            case CANDLE -> take(FeedReading.candle(message.getCandle()));
            case CANDLE_HELD -> take(FeedReading.candle(message.getCandleHeld()));
            case BOOK_HELD -> {
                BookSnapshot book = FeedReading.book(message.getBookHeld());
                FollowedInstrument known = followed.get(Store.BOOKS, book.instrument());
                if (known != null) {
                    known.take(book);
                }
            }
            case BOOK -> {
                return take(BookEventCodec.fromProto(message.getBook()));
            }
            case GONE -> {
                return gone(message.getGone());
            }
            case OPENED, BEAT_US -> {}
            case TOLD_NOT_SET -> {
                // Of a newer aggregator: something that is not known here.
            }
        }
        return null;
    }

    private void take(LiveEvent.PriceChange price) {
        FollowedInstrument known = followed.told(Store.PRICES, price.instrument());
        if (known != null) {
            known.take(price);
        }
    }

    private void take(LiveEvent.TickerChange ticker) {
        FollowedInstrument known = followed.told(Store.TICKERS, ticker.instrument());
        if (known != null) {
            known.take(ticker);
        }
    }

    private void take(LiveEvent.CandleChange candle) {
        FollowedInstrument known = followed.told(Store.CANDLES, candle.instrument());
        if (known != null) {
            known.take(candle);
        }
    }

    private @Nullable Subject take(BookEvent event) {
        FollowedInstrument known = followed.get(Store.BOOKS, event.instrument());
        if (known == null || known.take(event)) {
            return null;
        }
        LOG.atWarn()
                .addKeyValue("instrument", event.instrument())
                .log("follow: a delta is missing, the book is asked for anew");
        return new Subject(Store.BOOKS, event.instrument());
    }

    private Subject gone(FeedGone gone) throws MalformedPayload {
        try {
            for (Store kind : Store.values()) {
                if (kind.id().equals(gone.getStore())) {
                    Subject subject = new Subject(kind, Instrument.parse(gone.getInstrument()));
                    counts.moved.increment();
                    detached(List.of(subject), System.nanoTime());
                    return subject;
                }
            }
        } catch (IllegalArgumentException e) {
            throw new MalformedPayload("gone: " + e.getMessage(), e);
        }
        throw new MalformedPayload("gone: of store \"" + gone.getStore() + "\"");
    }
}
