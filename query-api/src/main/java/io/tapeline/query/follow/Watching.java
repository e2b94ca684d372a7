package io.tapeline.query.follow;

import io.tapeline.schemas.market.Instrument;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One watcher, with what it watches. */
final class Watching implements Watch {

    private static final Logger LOG = LoggerFactory.getLogger(Watching.class);

    private final Consumer<LiveEvent> events;
    private final Map<Instrument, FollowedInstrument> books;
    private final Runnable onClose;
    private volatile boolean closed;

    /**
     * @param books those watched, by instrument
     * @param onClose run once
     */
    Watching(
            Consumer<LiveEvent> events,
            Map<Instrument, FollowedInstrument> books,
            Runnable onClose) {
        this.events = events;
        this.books = books;
        this.onClose = onClose;
    }

    void tell(LiveEvent event) {
        if (closed) {
            return;
        }
        try {
            events.accept(event);
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("A watcher failed, and is told no more");
            close();
        }
    }

    @Override
    public void again(Instrument instrument) {
        FollowedInstrument book = books.get(instrument);
        if (book != null && !closed) {
            book.tellFirst(this);
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        onClose.run();
    }
}
