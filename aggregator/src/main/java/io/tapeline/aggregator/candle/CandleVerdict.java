package io.tapeline.aggregator.candle;

/**
 * What becomes of a candle's update. Only an accepted one is kept and told; one of the past is told
 * and not kept.
 */
public enum CandleVerdict {
    ACCEPTED,
    /** The candle is known as of this time. */
    DUPLICATE,
    /** The candle is known as of a later time, or closed, or better left to its stream. */
    OLDER,
    /** The candle closed already: nothing changes it, and it is told once. */
    CLOSED_ALREADY,
    /** Older than the candles that are kept, so that it cannot be known whether it was told. */
    EXPIRED,
    /** Closed, asked for to complete the past, and not among the candles that are kept. */
    PAST
}
