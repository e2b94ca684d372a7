package io.tapeline.query.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tapeline.query.history.CandlePart;
import io.tapeline.schemas.market.Candle;

/**
 * A candle as an event of the stream, which is of many instruments: whole, as the exchange said.
 */
public record LiveCandleJson(
        String venue, String symbol, String interval, @JsonUnwrapped CandleJson candle) {

    public static LiveCandleJson of(Candle candle) {
        return new LiveCandleJson(
                candle.instrument().venue().id(),
                candle.instrument().symbol(),
                candle.interval().id(),
                CandleJson.of(
                        CandlePart.of(candle, candle.interval()), candle.closed(), true, "stream"));
    }
}
