package io.tapeline.query.mirror.stream;

import io.tapeline.query.follow.LiveEvent;
import io.tapeline.query.follow.LiveState;
import org.jspecify.annotations.Nullable;

/** The best levels of a live book, whole, whenever it changes. */
final class TopFeed extends Feed {

    private final StreamName.Top kind;
    private final BookTops tops;
    private boolean changed;
    private long told = -1;

    TopFeed(String name, StreamName.Top kind, BookTops tops) {
        super(name);
        this.kind = kind;
        this.tops = tops;
    }

    @Override
    synchronized void on(LiveEvent event) {
        switch (event) {
            case LiveEvent.BookDelta _, LiveEvent.BookSnapshot _ -> {
                switch (kind.speed()) {
                    case AT_ONCE -> tell();
                    case EACH_SECOND -> changed = true;
                }
            }
            case LiveEvent.BookLost _ -> changed = false;
            case LiveEvent.PriceChange _, LiveEvent.CandleChange _, LiveEvent.TickerChange _ -> {}
        }
    }

    @Override
    synchronized void tick() {
        if (changed) {
            changed = false;
            tell();
        }
    }

    private void tell() {
        LiveEvent.@Nullable BookSnapshot book = tops.of(kind.instrument(), kind.levels());
        if (book != null && book.state() == LiveState.LIVE && book.updateId() != told) {
            told = book.updateId();
            publish(out -> Payloads.top(out, book));
        }
    }
}
