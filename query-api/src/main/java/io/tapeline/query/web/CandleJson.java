package io.tapeline.query.web;

import io.swagger.v3.oas.annotations.media.Schema;
import io.tapeline.query.candles.AnsweredCandle;
import io.tapeline.query.history.CandlePart;
import java.time.Instant;
import java.util.Locale;

/** A candle. */
@Schema(name = "Candle", description = "What traded from openTime to closeTime, both inclusive.")
public record CandleJson(
        Instant openTime,
        @Schema(description = "The last millisecond of the candle.") Instant closeTime,
        @Schema(example = "61855.3") String open,
        @Schema(example = "61870.01") String high,
        @Schema(example = "61850") String low,
        @Schema(example = "61862.5") String close,
        @Schema(example = "12.48731", description = "In the base asset.") String volume,
        @Schema(example = "772431.5", description = "In the quote asset.") String quoteVolume,
        @Schema(example = "1402") long trades,
        @Schema(example = "6.1") String takerBuyVolume,
        @Schema(example = "377352.1") String takerBuyQuoteVolume,
        @Schema(
                        description =
                                "No trade can change it any more. Says nothing of whether all of it"
                                        + " was recorded: complete does.")
                boolean closed,
        @Schema(
                        description =
                                "Every minute is in it that there is, from openTime to closeTime"
                                    + " or, while it is open, to the newest minute known. false:"
                                    + " minutes are missing that the exchange could not be asked"
                                    + " for now, and open, high, low, close and volumes are those"
                                    + " of the minutes that are there. Always true for 1m.")
                boolean complete,
        @Schema(example = "stream", description = "stream, history or exchange") String origin) {

    static CandleJson of(AnsweredCandle candle) {
        return of(
                candle.part(),
                candle.closed(),
                candle.complete(),
                candle.origin().name().toLowerCase(Locale.ROOT));
    }

    static CandleJson of(CandlePart part, boolean closed, boolean complete, String origin) {
        return new CandleJson(
                part.openTime().toInstant(),
                part.interval().closeTimeOf(part.openTime()).toInstant(),
                Trusted.text(part.open().value()),
                Trusted.text(part.high().value()),
                Trusted.text(part.low().value()),
                Trusted.text(part.close().value()),
                Trusted.text(part.volume().value()),
                Trusted.text(part.quoteVolume().value()),
                part.trades(),
                Trusted.text(part.takerBuyVolume().value()),
                Trusted.text(part.takerBuyQuoteVolume().value()),
                closed,
                complete,
                origin);
    }
}
