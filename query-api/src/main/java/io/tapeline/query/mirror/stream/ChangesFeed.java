package io.tapeline.query.mirror.stream;

import io.tapeline.query.follow.LiveEvent;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Changes of a book. Their ids follow one another, and {@code depth}'s {@code lastUpdateId}: {@code
 * U} is the {@code u} before plus one (A.5 step 6c). Where the book was lost they do not, which is
 * how a client of the exchange learns of it (step 6b); it begins again with {@code depth}.
 */
final class ChangesFeed extends Feed {

    private final Instrument instrument;
    private final Speed speed;
    private final Map<Price, Quantity> bids = new LinkedHashMap<>();
    private final Map<Price, Quantity> asks = new LinkedHashMap<>();
    private long first;
    private long last;
    private EpochMicros eventTime = new EpochMicros(0);
    private boolean pending;

    ChangesFeed(String name, StreamName.Changes kind) {
        super(name);
        this.instrument = kind.instrument();
        this.speed = kind.speed();
    }

    @Override
    synchronized void on(LiveEvent event) {
        switch (event) {
            case LiveEvent.BookDelta delta -> take(delta);
            case LiveEvent.BookSnapshot snapshot -> flushUnless(snapshot.updateId());
            case LiveEvent.BookLost _ -> flush();
            case LiveEvent.PriceChange _, LiveEvent.CandleChange _, LiveEvent.TickerChange _ -> {}
        }
    }

    private void take(LiveEvent.BookDelta delta) {
        switch (speed) {
            case AT_ONCE ->
                    publish(out ->
                            Payloads.changes(
                                    out,
                                    instrument,
                                    delta.eventTime(),
                                    delta.previousUpdateId() + 1,
                                    delta.finalUpdateId(),
                                    delta.bids(),
                                    delta.asks()));
            case EACH_SECOND -> {
                flushUnless(delta.previousUpdateId());
                if (!pending) {
                    pending = true;
                    first = delta.previousUpdateId() + 1;
                }
                last = delta.finalUpdateId();
                eventTime = delta.eventTime();
                merge(bids, delta.bids());
                merge(asks, delta.asks());
            }
        }
    }

    /** Of one price the newest quantity holds (A.5 step 7). */
    private static void merge(Map<Price, Quantity> side, Levels changed) {
        for (int i = 0; i < changed.size(); i++) {
            side.put(changed.price(i), changed.quantity(i));
        }
    }

    @Override
    synchronized void tick() {
        flush();
    }

    /** What comes next does not follow on what waits. */
    private void flushUnless(long updateId) {
        if (pending && last != updateId) {
            flush();
        }
    }

    private void flush() {
        if (!pending) {
            return;
        }
        pending = false;
        long from = first;
        long to = last;
        EpochMicros at = eventTime;
        Levels changedBids = levels(bids);
        Levels changedAsks = levels(asks);
        publish(out -> Payloads.changes(out, instrument, at, from, to, changedBids, changedAsks));
    }

    private static Levels levels(Map<Price, Quantity> side) {
        Levels levels = Levels.of(new ArrayList<>(side.keySet()), new ArrayList<>(side.values()));
        side.clear();
        return levels;
    }
}
