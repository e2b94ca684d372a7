package io.tapeline.query.mirror.stream;

import io.tapeline.query.follow.LiveEvent;
import io.tapeline.query.follow.LiveState;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Ticker;
import io.tapeline.schemas.market.Venue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Each second the statistics of 24 hours of all pairs whose were told anew. */
final class AllMiniDaysFeed extends Feed {

    private Map<Instrument, Ticker> changed = new LinkedHashMap<>();

    AllMiniDaysFeed(String name) {
        super(name);
    }

    @Override
    synchronized void on(LiveEvent event) {
        if (event instanceof LiveEvent.TickerChange(Ticker ticker, LiveState state)
                && state == LiveState.LIVE
                && ticker.instrument().venue() == Venue.BINANCE) {
            changed.put(ticker.instrument(), ticker);
        }
    }

    @Override
    synchronized void tick() {
        if (changed.isEmpty()) {
            return;
        }
        List<Ticker> all = List.copyOf(changed.values());
        changed = new LinkedHashMap<>();
        publish(out -> {
            out.open('[');
            all.forEach(ticker -> Payloads.miniDay(out, ticker));
            out.close(']');
        });
    }
}
