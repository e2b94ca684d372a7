package io.tapeline.query.live;

import io.tapeline.query.follow.BookRange;
import io.tapeline.query.follow.LiveEvent;
import io.tapeline.query.follow.LiveMarket;
import io.tapeline.query.follow.LiveState;
import io.tapeline.query.follow.Watch;
import io.tapeline.query.routing.Store;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.market.Price;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A market of one book and of prices, as the test tells it. */
final class ScriptedMarket implements LiveMarket {

    private final List<Watcher> watchers = new ArrayList<>();
    private long updateId = 1;
    private boolean refuses;

    private record Watcher(
            @Nullable Set<Instrument> instruments, Set<Store> kinds, Consumer<LiveEvent> events) {

        boolean wants(Store kind, Instrument instrument) {
            return kinds.contains(kind)
                    && (instruments == null || instruments.contains(instrument));
        }
    }

    void refuses() {
        refuses = true;
    }

    int watchers() {
        return watchers.size();
    }

    void price(Instrument instrument, int price) {
        LiveEvent event =
                new LiveEvent.PriceChange(
                        new LatestPrice(
                                instrument,
                                new EpochMicros(1),
                                Price.of(Integer.toString(price)),
                                null,
                                null,
                                "ticker"),
                        LiveState.LIVE);
        tell(Store.PRICES, event);
    }

    void delta(Instrument instrument) {
        updateId++;
        tell(
                Store.BOOKS,
                new LiveEvent.BookDelta(
                        instrument,
                        new EpochMicros(1),
                        updateId,
                        updateId - 1,
                        updateId,
                        Levels.EMPTY,
                        Levels.EMPTY));
    }

    private void tell(Store kind, LiveEvent event) {
        for (Watcher watcher : List.copyOf(watchers)) {
            if (watcher.wants(kind, event.instrument())) {
                watcher.events().accept(event);
            }
        }
    }

    private LiveEvent snapshot(Instrument instrument) {
        return new LiveEvent.BookSnapshot(
                instrument,
                updateId,
                new EpochMicros(1),
                Levels.EMPTY,
                Levels.EMPTY,
                BookRange.UNBOUNDED,
                LiveState.LIVE);
    }

    @Override
    public Optional<Watch> watch(
            @Nullable Set<Instrument> instruments, Set<Store> kinds, Consumer<LiveEvent> events) {
        if (refuses) {
            return Optional.empty();
        }
        Watcher watcher = new Watcher(instruments, kinds, events);
        watchers.add(watcher);
        if (kinds.contains(Store.BOOKS) && instruments != null) {
            instruments.forEach(each -> events.accept(snapshot(each)));
        }
        return Optional.of(
                new Watch() {
                    @Override
                    public void again(Instrument instrument) {
                        events.accept(snapshot(instrument));
                    }

                    @Override
                    public void close() {
                        watchers.remove(watcher);
                    }
                });
    }

    @Override
    public LiveEvent.@Nullable BookSnapshot book(Instrument instrument, int levels) {
        return null;
    }
}
