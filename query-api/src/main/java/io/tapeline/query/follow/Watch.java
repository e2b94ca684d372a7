package io.tapeline.query.follow;

import io.tapeline.schemas.market.Instrument;

/** Somebody's watching, until it is closed. For any thread. */
public interface Watch extends AutoCloseable {

    /**
     * Tells the instrument's book anew, to this watcher alone: its next event of the book is a
     * {@link LiveEvent.BookSnapshot} (within this call if the book is known). For a watcher that
     * could not keep all deltas. Nothing happens where the book is not watched.
     */
    void again(Instrument instrument);

    /** Nothing is told that begins afterwards; idempotent, also from within a callback. */
    @Override
    void close();
}
