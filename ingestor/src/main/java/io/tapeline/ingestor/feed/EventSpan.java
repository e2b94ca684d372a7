package io.tapeline.ingestor.feed;

/**
 * What an event covers, in the terms of the ledger of gaps, both ends inclusive: update ids for
 * depth, candle open times in microseconds for candles, event times in microseconds for tickers.
 * Read from each event when it is published, since the event itself is no longer at hand when its
 * delivery fails; so it must be quick.
 */
public interface EventSpan {

    /** 0 where the payload does not say. */
    long first(byte[] payload);

    /** 0 where the payload does not say. */
    long last(byte[] payload);
}
