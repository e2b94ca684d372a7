package io.tapeline.query.web;

import io.swagger.v3.oas.annotations.media.Schema;
import io.tapeline.schemas.market.LatestPrice;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A price as it was recorded. */
@Schema(name = "RecordedPrice", description = "A price that was the latest from its event time on.")
public record RecordedPriceJson(
        @Schema(example = "binance") String venue,
        @Schema(example = "BTCUSDT") String symbol,
        @Schema(example = "61855.37") String price,
        @Schema(example = "61855.36", nullable = true) @Nullable String bid,
        @Schema(example = "61855.37", nullable = true) @Nullable String ask,
        Instant eventTime,
        @Schema(example = "ticker") String source) {

    static RecordedPriceJson of(LatestPrice price) {
        return new RecordedPriceJson(
                price.instrument().venue().id(),
                price.instrument().symbol(),
                Trusted.text(price.price().value()),
                PriceJson.textOrNull(price.bid()),
                PriceJson.textOrNull(price.ask()),
                price.eventTime().toInstant(),
                price.source());
    }
}
