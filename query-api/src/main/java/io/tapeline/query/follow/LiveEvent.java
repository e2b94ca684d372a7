package io.tapeline.query.follow;

import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.market.Ticker;

/** What a watcher is told. Immutable: one event is handed to all who watch. */
public sealed interface LiveEvent {

    Instrument instrument();

    /**
     * The newest price.
     *
     * @param state {@link LiveState#LIVE} of one that was accepted just now
     */
    record PriceChange(LatestPrice price, LiveState state) implements LiveEvent {

        @Override
        public Instrument instrument() {
            return price.instrument();
        }
    }

    /** A candle as of now: of any interval that the aggregators hold, open or closed. */
    record CandleChange(Candle candle) implements LiveEvent {

        @Override
        public Instrument instrument() {
            return candle.instrument();
        }
    }

    /** The newest statistics of 24 hours. */
    record TickerChange(Ticker ticker, LiveState state) implements LiveEvent {

        @Override
        public Instrument instrument() {
            return ticker.instrument();
        }
    }

    /**
     * The book, whole: whatever was told of it before is to be thrown away.
     *
     * @param updateId the {@link BookDelta} that follows has it as its {@code previousUpdateId}
     * @param eventTime of the newest change in it; zero where there was none yet
     * @param bids all that are known, best first; likewise {@code asks}
     * @param range within which it is known to be whole
     * @param state {@link LiveState#RESYNCING}: its last known levels, frozen until the next
     *     snapshot
     */
    record BookSnapshot(
            Instrument instrument,
            long updateId,
            EpochMicros eventTime,
            Levels bids,
            Levels asks,
            BookRange range,
            LiveState state)
            implements LiveEvent {}

    /**
     * Makes the book as of {@code previousUpdateId} the book as of {@code finalUpdateId}, and
     * {@link LiveState#LIVE}.
     *
     * @param firstUpdateId as the exchange sent it: at most {@code previousUpdateId + 1}
     * @param previousUpdateId that of the event before, snapshot or delta
     * @param finalUpdateId above {@code previousUpdateId}
     * @param bids quantities that hold from now on, zero: the level is gone; in any order; likewise
     *     {@code asks}
     */
    record BookDelta(
            Instrument instrument,
            EpochMicros eventTime,
            long firstUpdateId,
            long previousUpdateId,
            long finalUpdateId,
            Levels bids,
            Levels asks)
            implements LiveEvent {}

    /**
     * The book is not known any more, or nobody tells of it; its next event is a {@link
     * BookSnapshot}.
     *
     * @param reason the cause of the gap, or {@code away}: no aggregator tells of it at the moment
     */
    record BookLost(Instrument instrument, EpochMicros eventTime, String reason)
            implements LiveEvent {}
}
