package io.tapeline.query.mirror.stream;

import io.tapeline.query.follow.BookRange;
import io.tapeline.query.follow.LiveEvent;
import io.tapeline.query.follow.LiveMarket;
import io.tapeline.query.follow.LiveState;
import io.tapeline.query.follow.Watch;
import io.tapeline.query.routing.Store;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A market that a test tells: hands its events to who watches, and keeps the books they make. */
final class FakeMarket implements LiveMarket {

    /** A book kept the simplest way. */
    static final class Book {
        final TreeMap<Price, Quantity> bids = new TreeMap<>(Comparator.reverseOrder());
        final TreeMap<Price, Quantity> asks = new TreeMap<>();
        long updateId;

        LiveEvent.BookSnapshot top(Instrument instrument, int levels) {
            return new LiveEvent.BookSnapshot(
                    instrument,
                    updateId,
                    new EpochMicros(updateId * 1_000),
                    side(bids, levels),
                    side(asks, levels),
                    BookRange.UNBOUNDED,
                    LiveState.LIVE);
        }

        static Levels side(TreeMap<Price, Quantity> side, int levels) {
            List<Price> prices = side.keySet().stream().limit(levels).toList();
            return Levels.of(prices, prices.stream().map(side::get).toList());
        }

        static void apply(TreeMap<Price, Quantity> side, Levels changed) {
            for (int i = 0; i < changed.size(); i++) {
                if (changed.quantity(i).value().signum() == 0) {
                    side.remove(changed.price(i));
                } else {
                    side.put(changed.price(i), changed.quantity(i));
                }
            }
        }
    }

    private final class Watching implements Watch {
        private final @Nullable Set<Instrument> instruments;
        private final Set<Store> kinds;
        private final Consumer<LiveEvent> events;

        Watching(
                @Nullable Set<Instrument> instruments,
                Set<Store> kinds,
                Consumer<LiveEvent> events) {
            this.instruments = instruments;
            this.kinds = kinds;
            this.events = events;
        }

        boolean wants(LiveEvent event) {
            Store kind =
                    switch (event) {
                        case LiveEvent.PriceChange _ -> Store.PRICES;
                        case LiveEvent.CandleChange _ -> Store.CANDLES;
                        case LiveEvent.TickerChange _ -> Store.TICKERS;
                        case LiveEvent.BookSnapshot _,
                                LiveEvent.BookDelta _,
                                LiveEvent.BookLost _ ->
                                Store.BOOKS;
                    };
            return kinds.contains(kind)
                    && (instruments == null || instruments.contains(event.instrument()));
        }

        @Override
        public void again(Instrument instrument) {
            throw new UnsupportedOperationException("nobody here asks again");
        }

        @Override
        public void close() {
            watching.remove(this);
        }
    }

    private final List<Watching> watching = new CopyOnWriteArrayList<>();
    private final Map<Instrument, Book> books = new HashMap<>();
    private int most = Integer.MAX_VALUE;

    /** So many watches at a time, and no more. */
    void allow(int watches) {
        most = watches;
    }

    synchronized Book book(Instrument instrument) {
        return books.computeIfAbsent(instrument, _ -> new Book());
    }

    int watches() {
        return watching.size();
    }

    synchronized void tell(LiveEvent event) {
        switch (event) {
            case LiveEvent.BookDelta delta -> {
                Book book = book(delta.instrument());
                Book.apply(book.bids, delta.bids());
                Book.apply(book.asks, delta.asks());
                book.updateId = delta.finalUpdateId();
            }
            case LiveEvent.BookSnapshot snapshot -> {
                Book book = book(snapshot.instrument());
                book.bids.clear();
                book.asks.clear();
                Book.apply(book.bids, snapshot.bids());
                Book.apply(book.asks, snapshot.asks());
                book.updateId = snapshot.updateId();
            }
            case LiveEvent.BookLost _,
                    LiveEvent.PriceChange _,
                    LiveEvent.CandleChange _,
                    LiveEvent.TickerChange _ -> {}
        }
        for (Watching each : watching) {
            if (each.wants(event)) {
                each.events.accept(event);
            }
        }
    }

    @Override
    public synchronized Optional<Watch> watch(
            @Nullable Set<Instrument> instruments, Set<Store> kinds, Consumer<LiveEvent> events) {
        if (watching.size() >= most) {
            return Optional.empty();
        }
        Watching added = new Watching(instruments, kinds, events);
        watching.add(added);
        if (instruments != null && kinds.contains(Store.BOOKS)) {
            List<LiveEvent> known = new ArrayList<>();
            instruments.stream()
                    .filter(books::containsKey)
                    .forEach(each -> known.add(book(each).top(each, Integer.MAX_VALUE)));
            known.forEach(events);
        }
        return Optional.of(added);
    }

    @Override
    public synchronized LiveEvent.@Nullable BookSnapshot book(Instrument instrument, int levels) {
        Book book = books.get(instrument);
        return book == null ? null : book.top(instrument, levels);
    }
}
