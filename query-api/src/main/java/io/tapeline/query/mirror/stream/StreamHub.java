package io.tapeline.query.mirror.stream;

import io.tapeline.query.follow.LiveEvent;
import io.tapeline.query.follow.LiveMarket;
import io.tapeline.query.follow.Watch;
import io.tapeline.query.routing.Store;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which streams are listened to, and what they are made of: each stream is made once for all who
 * listen, and each book or other source of streams is watched once for all of its streams.
 */
final class StreamHub {

    /** What feeds watch together; a null instrument: all there are. */
    private record Origin(@Nullable Instrument instrument, Store store) {}

    /** A watched origin and the feeds that are made of it. */
    private static final class Source implements Consumer<LiveEvent> {
        private final List<Feed> feeds = new CopyOnWriteArrayList<>();
        private @Nullable Watch watch;

        @Override
        public void accept(LiveEvent event) {
            feeds.forEach(feed -> feed.on(event));
        }
    }

    private final LiveMarket market;
    private final Predicate<Instrument> known;
    private final EarlierMinutes earlier;
    private final Map<String, Feed> feeds = new HashMap<>();
    private final Map<Origin, Source> sources = new HashMap<>();

    /**
     * @param known instruments that there are: of others nothing ever comes, as with the exchange
     *     (A.3), until there are
     */
    StreamHub(LiveMarket market, Predicate<Instrument> known, EarlierMinutes earlier) {
        this.market = market;
        this.known = known;
        this.earlier = earlier;
    }

    /**
     * Whoever listens already goes on to.
     *
     * @return false if more may not be watched
     */
    synchronized boolean add(Feed.Listener listener, StreamName name) {
        Feed present = feeds.get(name.text());
        if (present != null) {
            present.add(listener);
            return true;
        }
        Feed feed = feed(name);
        feed.add(listener);
        if (!start(feed, origin(name.kind()))) {
            return false;
        }
        feeds.put(name.text(), feed);
        return true;
    }

    synchronized void remove(Feed.Listener listener, StreamName name) {
        Feed feed = feeds.get(name.text());
        if (feed == null || !feed.remove(listener)) {
            return;
        }
        feeds.remove(name.text());
        Origin origin = origin(name.kind());
        Source source = sources.get(origin);
        if (source != null) {
            source.feeds.remove(feed);
            if (source.feeds.isEmpty()) {
                sources.remove(origin);
                end(source);
            }
        }
    }

    private static void end(Source source) {
        Watch watch = source.watch;
        if (watch != null) {
            watch.close();
        }
    }

    /** The market may tell what it knows within this call. */
    private boolean start(Feed feed, Origin origin) {
        Source source = sources.get(origin);
        if (source != null) {
            source.feeds.add(feed);
            return true;
        }
        source = new Source();
        source.feeds.add(feed);
        if (isKnown(origin)) {
            Optional<Watch> watch = watch(origin, source);
            if (watch.isEmpty()) {
                return false;
            }
            source.watch = watch.get();
        }
        sources.put(origin, source);
        return true;
    }

    private boolean isKnown(Origin origin) {
        Instrument instrument = origin.instrument();
        return instrument == null || known.test(instrument);
    }

    private Optional<Watch> watch(Origin origin, Source source) {
        Instrument instrument = origin.instrument();
        return market.watch(
                instrument == null ? null : Set.of(instrument), Set.of(origin.store()), source);
    }

    /**
     * Whether whatever a client asks {@code depth} for from now on is no older than the stream's
     * first event: the book is followed. Others begin when they begin. Waits for nobody.
     */
    boolean hasBegun(StreamName name) {
        Instrument book =
                switch (name.kind()) {
                    case StreamName.Changes(Instrument instrument, Speed _) -> instrument;
                    case StreamName.Top _,
                            StreamName.Best _,
                            StreamName.Candles _,
                            StreamName.Day _,
                            StreamName.MiniDay _,
                            StreamName.AllMiniDays _ ->
                            null;
                };
        return book == null || !known.test(book) || market.book(book, 1) != null;
    }

    /** Each second. */
    void tick() {
        List<Feed> ticked;
        synchronized (this) {
            sources.forEach((origin, source) -> {
                if (source.watch == null && isKnown(origin)) {
                    watch(origin, source).ifPresent(watch -> source.watch = watch);
                }
            });
            ticked = List.copyOf(feeds.values());
        }
        ticked.forEach(Feed::tick);
    }

    /** Streams that somebody listens to. */
    synchronized int streams() {
        return feeds.size();
    }

    private Feed feed(StreamName name) {
        String text = name.text();
        BookTops tops = market::book;
        return switch (name.kind()) {
            case StreamName.Changes kind -> new ChangesFeed(text, kind);
            case StreamName.Top kind -> new TopFeed(text, kind, tops);
            case StreamName.Best kind -> new BestFeed(text, kind, tops);
            case StreamName.Candles kind -> new CandlesFeed(text, kind, earlier);
            case StreamName.Day _ -> new DayFeed(text, Payloads::day);
            case StreamName.MiniDay _ -> new DayFeed(text, Payloads::miniDay);
            case StreamName.AllMiniDays _ -> new AllMiniDaysFeed(text);
        };
    }

    private static Origin origin(StreamName.Kind kind) {
        return switch (kind) {
            case StreamName.Changes(Instrument instrument, Speed _) ->
                    new Origin(instrument, Store.BOOKS);
            case StreamName.Top(Instrument instrument, int _, Speed _) ->
                    new Origin(instrument, Store.BOOKS);
            case StreamName.Best(Instrument instrument) -> new Origin(instrument, Store.BOOKS);
            case StreamName.Candles(Instrument instrument, Interval _) ->
                    new Origin(instrument, Store.CANDLES);
            case StreamName.Day(Instrument instrument) -> new Origin(instrument, Store.TICKERS);
            case StreamName.MiniDay(Instrument instrument) -> new Origin(instrument, Store.TICKERS);
            case StreamName.AllMiniDays _ -> new Origin(null, Store.TICKERS);
        };
    }
}
