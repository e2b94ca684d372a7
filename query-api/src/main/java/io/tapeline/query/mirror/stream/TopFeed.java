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
    void on(LiveEvent event) {
        switch (event) {
            case LiveEvent.BookDelta _, LiveEvent.BookSnapshot _ -> {
                switch (kind.speed()) {
                    case AT_ONCE -> tell();
                    case EACH_SECOND -> hasChanged(true);
                }
            }
            case LiveEvent.BookLost _ -> hasChanged(false);
            case LiveEvent.PriceChange _, LiveEvent.CandleChange _, LiveEvent.TickerChange _ -> {}
        }
    }

    @Override
    void tick() {
        if (hasChanged(false)) {
            tell();
        }
    }

    /** As it was before. */
    private synchronized boolean hasChanged(boolean changedNow) {
        boolean before = changed;
        changed = changedNow;
        return before;
    }

    /** Without a lock of ours: who tells events holds the book's while it waits for ours. */
    private void tell() {
        LiveEvent.@Nullable BookSnapshot book = tops.of(kind.instrument(), kind.levels());
        if (book != null && book.state() == LiveState.LIVE && isNews(book.updateId())) {
            publish(out -> Payloads.top(out, book));
        }
    }

    private synchronized boolean isNews(long updateId) {
        boolean news = updateId != told;
        told = updateId;
        return news;
    }
}
