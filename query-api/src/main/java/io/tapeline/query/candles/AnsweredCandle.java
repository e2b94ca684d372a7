package io.tapeline.query.candles;

import io.tapeline.query.history.CandlePart;

/**
 * A candle of an answer.
 *
 * @param closed no trade can change it any more
 * @param complete no minute is missing from its open time to its end or, while it is open, to the
 *     newest minute known
 */
public record AnsweredCandle(
        CandlePart part, boolean closed, boolean complete, CandleOrigin origin) {}
