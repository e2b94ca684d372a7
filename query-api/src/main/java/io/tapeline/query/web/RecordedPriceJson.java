package io.tapeline.query.web;

import io.swagger.v3.oas.annotations.media.Schema;
import io.tapeline.query.history.RecordedPrice;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.LatestPrice;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A price as it was recorded. */
@Schema(name = "RecordedPrice", description = "A price and the time for which it was the latest.")
public record RecordedPriceJson(
        @Schema(example = "binance") String venue,
        @Schema(example = "BTCUSDT") String symbol,
        @Schema(example = "61855.37") String price,
        @Schema(example = "61855.36", nullable = true) @Nullable String bid,
        @Schema(example = "61855.37", nullable = true) @Nullable String ask,
        Instant eventTime,
        @Schema(example = "ticker") String source,
        @Schema(description = "From when it was the latest, inclusive: its event time.")
                Instant validFrom,
        @Schema(
                        description =
                                "Until when, exclusive: the event time of the next one recorded,"
                                        + " on whichever page that is; null: it still is.",
                        nullable = true)
                @Nullable Instant validTo,
        @Schema(description = "Whether it is the latest one recorded.") boolean current) {

    static RecordedPriceJson of(RecordedPrice recorded) {
        LatestPrice price = recorded.price();
        EpochMicros validTo = recorded.validTo();
        return new RecordedPriceJson(
                price.instrument().venue().id(),
                price.instrument().symbol(),
                Trusted.text(price.price().value()),
                PriceJson.textOrNull(price.bid()),
                PriceJson.textOrNull(price.ask()),
                price.eventTime().toInstant(),
                price.source(),
                price.eventTime().toInstant(),
                validTo == null ? null : validTo.toInstant(),
                validTo == null);
    }
}
