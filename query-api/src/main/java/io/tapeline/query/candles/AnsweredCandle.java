package io.tapeline.query.candles;

import io.tapeline.query.history.CandlePart;

/**
 * A candle of an answer.
 *
 * @param closed no trade can change it any more
 */
public record AnsweredCandle(CandlePart part, boolean closed, CandleOrigin origin) {}
