package io.tapeline.query.web;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.proto.BookAnswer;
import io.tapeline.schemas.wire.LevelsCodec;
import io.tapeline.schemas.wire.MalformedPayload;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The order book of an instrument. */
@Schema(name = "Book", description = "The order book: best price first on either side.")
public record BookJson(
        @Schema(example = "binance") String venue,
        @Schema(example = "BTCUSDT") String symbol,
        @Schema(example = "LIVE", description = Trusted.STATES) String state,
        @Schema(example = "50093239218") long updateId,
        @Nullable Instant eventTime,
        @Nullable Long ageMs,
        Range range,
        @ArraySchema(
                        arraySchema = @Schema(example = "[[\"61855.36\",\"1.5\"]]"),
                        schema = @Schema(description = "Price and quantity."))
                List<List<String>> bids,
        @ArraySchema(
                        arraySchema = @Schema(example = "[[\"61855.37\",\"0.2\"]]"),
                        schema = @Schema(description = "Price and quantity."))
                List<List<String>> asks,
        Trusted.Source source) {

    /** Prices within which the book is known to be whole. */
    @Schema(
            name = "BookRange",
            description = "Within it the book is known to be whole; null: no bound on that end.")
    public record Range(
            @Schema(example = "61000", nullable = true) @Nullable String low,
            @Schema(example = "62000", nullable = true) @Nullable String high) {}

    public static BookJson of(BookAnswer answer, Clock clock) {
        Instrument instrument = Instrument.parse(answer.getInstrument());
        var trust = answer.getTrust();
        return new BookJson(
                instrument.venue().id(),
                instrument.symbol(),
                Trusted.state(trust),
                trust.getUpdateId(),
                Trusted.time(trust.getEventTimeUs()),
                Trusted.ageMs(trust.getEventTimeUs(), clock),
                new Range(orNull(answer.getRangeLow()), orNull(answer.getRangeHigh())),
                side(answer.getBids()),
                side(answer.getAsks()),
                Trusted.source(trust));
    }

    private static List<List<String>> side(io.tapeline.schemas.proto.Levels wire) {
        try {
            Levels levels = LevelsCodec.fromProto(wire);
            List<List<String>> side = new ArrayList<>(levels.size());
            for (int i = 0; i < levels.size(); i++) {
                side.add(
                        List.of(
                                Trusted.text(levels.price(i).value()),
                                Trusted.text(levels.quantity(i).value())));
            }
            return side;
        } catch (MalformedPayload e) {
            throw new IllegalStateException("book: the aggregator's answer is malformed", e);
        }
    }

    static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
