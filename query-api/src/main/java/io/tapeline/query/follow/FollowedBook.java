package io.tapeline.query.follow;

import io.tapeline.query.follow.LiveEvent.BookDelta;
import io.tapeline.query.follow.LiveEvent.BookSnapshot;
import io.tapeline.schemas.market.BookEvent;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Side;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A book as its feed tells it. Decides what is new by update ids, as the exchange's procedure does
 * (EXCHANGES.md A.5 step 6): an update is applied iff {@code U <= id + 1} and {@code u > id},
 * dropped iff {@code u <= id}, and otherwise there is a gap. Not thread-safe.
 */
final class FollowedBook {

    /** Of a side: more than an aggregator keeps of it, so that it is a rare last resort. */
    static final int MOST_LEVELS = 20_000;

    private final Instrument instrument;
    private final LevelSide bids = new LevelSide(Side.BID);
    private final LevelSide asks = new LevelSide(Side.ASK);
    private boolean known;
    private boolean attached;
    private boolean gap;
    private long updateId;
    private EpochMicros eventTime = new EpochMicros(0);
    private BookRange range = BookRange.UNBOUNDED;
    private LiveState state = LiveState.STALE;
    private @Nullable BookSnapshot whole;

    FollowedBook(Instrument instrument) {
        this.instrument = instrument;
    }

    /** Whether there are levels at all. */
    boolean isKnown() {
        return known;
    }

    /** Whether what comes next follows what is here. */
    boolean isAttached() {
        return attached;
    }

    /** Whether a delta is missing, so that the book has to be asked for anew. */
    boolean hasGap() {
        return gap;
    }

    LiveState state() {
        return state;
    }

    /** Nobody tells of it for now. */
    void detached() {
        attached = false;
    }

    /** Nobody has told of it for long: what is here may be old. Whether that is news. */
    boolean away() {
        boolean news = known && state == LiveState.LIVE;
        if (news) {
            state = LiveState.STALE;
            whole = null;
        }
        return news;
    }

    /**
     * What the aggregator holds. Of one that took over and has not come as far as the last one had,
     * nothing is taken: it accepts again what this one has, and then goes on.
     *
     * @return to be told; empty if it is no news
     */
    Optional<BookSnapshot> take(BookSnapshot held) {
        boolean goesOn = known && !attached && !gap && state == LiveState.LIVE;
        attached = true;
        gap = false;
        if (goesOn && held.updateId() < updateId) {
            return Optional.empty();
        }
        if (goesOn
                && held.updateId() == updateId
                && held.state() == LiveState.LIVE
                && held.bids().equals(bids.top(Integer.MAX_VALUE))
                && held.asks().equals(asks.top(Integer.MAX_VALUE))) {
            return Optional.empty();
        }
        known = true;
        bids.reset(held.bids());
        asks.reset(held.asks());
        updateId = held.updateId();
        eventTime = held.eventTime();
        range = held.range();
        state = held.state();
        whole = held;
        return Optional.of(held);
    }

    /**
     * @return to be told; empty of one that is known already, or that does not follow
     */
    Optional<BookDelta> take(BookEvent.Delta delta) {
        if (!known || !attached || gap || state == LiveState.RESYNCING) {
            return Optional.empty();
        }
        if (delta.finalUpdateId() <= updateId) {
            return Optional.empty();
        }
        if (delta.firstUpdateId() > updateId + 1) {
            gap = true;
            return Optional.empty();
        }
        bids.apply(delta.bids());
        asks.apply(delta.asks());
        bound();
        BookDelta told =
                new BookDelta(
                        instrument,
                        delta.eventTime(),
                        delta.firstUpdateId(),
                        updateId,
                        delta.finalUpdateId(),
                        delta.bids(),
                        delta.asks());
        updateId = delta.finalUpdateId();
        eventTime = delta.eventTime();
        state = LiveState.LIVE;
        whole = null;
        return Optional.of(told);
    }

    /** Whether that is news. */
    boolean take(BookEvent.Lost lost) {
        boolean news = attached && known && state != LiveState.RESYNCING;
        if (news) {
            state = LiveState.RESYNCING;
            whole = null;
        }
        return news;
    }

    private void bound() {
        if (bids.size() > MOST_LEVELS || asks.size() > MOST_LEVELS) {
            int kept = MOST_LEVELS - MOST_LEVELS / 16;
            range = range.from(bids.keep(kept)).to(asks.keep(kept));
        }
    }

    /** All of it; the same object until the book changes. Only where it is known. */
    BookSnapshot snapshot() {
        BookSnapshot held = whole;
        if (held == null) {
            held = top(Integer.MAX_VALUE);
            whole = held;
        }
        return held;
    }

    /** Only where it is known. */
    BookSnapshot top(int levels) {
        return new BookSnapshot(
                instrument, updateId, eventTime, bids.top(levels), asks.top(levels), range, state);
    }
}
