package io.tapeline.query.web;

import io.swagger.v3.oas.annotations.media.Schema;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.proto.PriceAnswer;
import io.tapeline.schemas.wire.LatestPriceCodec;
import io.tapeline.schemas.wire.MalformedPayload;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The latest price of an instrument. */
@Schema(name = "Price", description = "The latest price of an instrument.")
public record PriceJson(
        @Schema(example = "binance") String venue,
        @Schema(example = "BTCUSDT") String symbol,
        @Schema(example = "61855.37") String price,
        @Schema(example = "61855.36", nullable = true) @Nullable String bid,
        @Schema(example = "61855.37", nullable = true) @Nullable String ask,
        @Schema(description = "When the exchange said so.") Instant eventTime,
        @Schema(
                        description =
                                "Until when it is known to hold: later than eventTime where a"
                                        + " polled source said the same again.")
                Instant confirmedTime,
        @Schema(example = "212", description = "Since confirmedTime.") @Nullable Long ageMs,
        @Schema(example = "LIVE", description = Trusted.STATES) String state,
        @Schema(example = "ticker", description = "The kind of stream that told it.")
                String source) {

    static PriceJson of(PriceAnswer answer, Clock clock) {
        return of(answer, clock.millis());
    }

    /**
     * @param nowMs of the epoch: the age is of then
     */
    static PriceJson of(PriceAnswer answer, long nowMs) {
        try {
            return of(
                    LatestPriceCodec.fromProto(answer.getPrice()),
                    new EpochMicros(answer.getTrust().getConfirmedUs()),
                    Trusted.state(answer.getTrust()),
                    nowMs);
        } catch (MalformedPayload e) {
            throw new IllegalStateException("price: the aggregator's answer is malformed", e);
        }
    }

    /** As its topic tells it. */
    public static PriceJson of(LatestPrice latest, String state, Clock clock) {
        return of(latest, latest.eventTime(), state, clock.millis());
    }

    private static PriceJson of(LatestPrice latest, EpochMicros told, String state, long nowMs) {
        EpochMicros confirmed = told.isAfter(latest.eventTime()) ? told : latest.eventTime();
        return new PriceJson(
                latest.instrument().venue().id(),
                latest.instrument().symbol(),
                Trusted.text(latest.price().value()),
                textOrNull(latest.bid()),
                textOrNull(latest.ask()),
                latest.eventTime().toInstant(),
                confirmed.toInstant(),
                Trusted.ageMs(confirmed.value(), nowMs),
                state,
                latest.source());
    }

    static @Nullable String textOrNull(@Nullable Price price) {
        return price == null ? null : Trusted.text(price.value());
    }
}
