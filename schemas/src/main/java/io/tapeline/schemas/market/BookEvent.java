package io.tapeline.schemas.market;

/** An entry of the clean depth topic: a reset, then deltas without a gap until the next reset. */
public sealed interface BookEvent {

    Instrument instrument();

    EpochMicros eventTime();

    /**
     * Makes the book as of {@code previousUpdateId} the book as of {@code finalUpdateId}.
     *
     * @param firstUpdateId as the exchange sent it: at most {@code previousUpdateId + 1}
     * @param finalUpdateId above {@code previousUpdateId}
     */
    record Delta(
            Instrument instrument,
            EpochMicros eventTime,
            long firstUpdateId,
            long finalUpdateId,
            long previousUpdateId,
            Levels bids,
            Levels asks)
            implements BookEvent {

        public Delta {
            if (firstUpdateId > previousUpdateId + 1 || finalUpdateId <= previousUpdateId) {
                throw new IllegalArgumentException(
                        "book delta "
                                + instrument
                                + ": ids "
                                + firstUpdateId
                                + " to "
                                + finalUpdateId
                                + " do not follow "
                                + previousUpdateId);
            }
        }
    }

    /**
     * Throw the book away and begin again from this one.
     *
     * @param bidsComplete the side holds all that the exchange had
     */
    record Reset(
            Instrument instrument,
            EpochMicros eventTime,
            long updateId,
            Levels bids,
            Levels asks,
            boolean bidsComplete,
            boolean asksComplete,
            String reason)
            implements BookEvent {}

    /** The book is not known until the next {@link Reset}. */
    record Lost(Instrument instrument, EpochMicros eventTime, String reason) implements BookEvent {}
}
