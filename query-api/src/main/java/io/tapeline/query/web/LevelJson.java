package io.tapeline.query.web;

import io.swagger.v3.oas.annotations.media.Schema;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.LevelAnswer;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One level of a book. */
@Schema(name = "Level", description = "What rests at one price.")
public record LevelJson(
        @Schema(example = "binance") String venue,
        @Schema(example = "BTCUSDT") String symbol,
        @Schema(example = "61855.36") String price,
        @Schema(
                        example = "bid",
                        description = "bid, ask, or null: nothing rests there",
                        nullable = true)
                @Nullable String side,
        @Schema(example = "1.5") String quantity,
        @Schema(description = "false: the price lies outside of what is known of the book")
                boolean complete,
        @Schema(example = "LIVE", description = Trusted.STATES) String state,
        long updateId,
        @Nullable Instant eventTime,
        @Nullable Long ageMs,
        Trusted.Source source) {

    static LevelJson of(Instrument instrument, String price, LevelAnswer answer, Clock clock) {
        var trust = answer.getTrust();
        return new LevelJson(
                instrument.venue().id(),
                instrument.symbol(),
                price,
                BookJson.orNull(answer.getSide()),
                answer.getQuantity(),
                answer.getComplete(),
                Trusted.state(trust),
                trust.getUpdateId(),
                Trusted.time(trust.getEventTimeUs()),
                Trusted.ageMs(trust.getEventTimeUs(), clock),
                Trusted.source(trust));
    }
}
