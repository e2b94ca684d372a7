package io.tapeline.query.mirror.stream;

import io.tapeline.query.follow.LiveEvent;
import io.tapeline.query.follow.LiveState;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Levels;
import org.jspecify.annotations.Nullable;

/** The best bid and ask of a live book, whenever a price or a quantity of them is another. */
final class BestFeed extends Feed {

    private final Instrument instrument;
    private final BookTops tops;
    private Levels bid = Levels.EMPTY;
    private Levels ask = Levels.EMPTY;

    BestFeed(String name, StreamName.Best kind, BookTops tops) {
        super(name);
        this.instrument = kind.instrument();
        this.tops = tops;
    }

    @Override
    synchronized void on(LiveEvent event) {
        switch (event) {
            case LiveEvent.BookDelta _, LiveEvent.BookSnapshot _ -> look();
            case LiveEvent.BookLost _,
                    LiveEvent.PriceChange _,
                    LiveEvent.CandleChange _,
                    LiveEvent.TickerChange _ -> {}
        }
    }

    private void look() {
        LiveEvent.@Nullable BookSnapshot book = tops.of(instrument, 1);
        if (book == null
                || book.state() != LiveState.LIVE
                || book.bids().size() == 0
                || book.asks().size() == 0
                || book.bids().equals(bid) && book.asks().equals(ask)) {
            return;
        }
        bid = book.bids();
        ask = book.asks();
        publish(out -> Payloads.best(out, book));
    }
}
