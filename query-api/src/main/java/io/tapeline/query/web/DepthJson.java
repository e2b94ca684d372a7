package io.tapeline.query.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tapeline.query.follow.LiveEvent;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.market.Price;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event of a book that is followed exactly. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "Depth",
        description =
                "An event of a book that is followed exactly. A snapshot, then deltas, each of"
                    + " which makes the book of previousUpdateId the book of updateId. After lost,"
                    + " and after resync, a snapshot comes, with which to begin again.")
public record DepthJson(
        @Schema(
                        description =
                                "snapshot: the book, whole; delta: quantities that hold from now"
                                    + " on, 0 removes the level; lost: the book is not known at the"
                                    + " moment; resync: this reader was too slow for all changes",
                        allowableValues = {"snapshot", "delta", "lost", "resync"})
                String kind,
        @Schema(example = "binance") String venue,
        @Schema(example = "BTCUSDT") String symbol,
        @Schema(description = "Of a snapshot. " + Trusted.STATES) @Nullable String state,
        @Schema(description = "Of a delta: as the exchange sent it.") @Nullable Long firstUpdateId,
        @Schema(description = "Of a delta: the updateId of the event before it.")
                @Nullable Long previousUpdateId,
        @Schema(description = "Of a snapshot or a delta: the book's from now on.")
                @Nullable Long updateId,
        @Nullable Instant eventTime,
        BookJson.@Nullable Range range,
        @ArraySchema(
                        arraySchema = @Schema(example = "[[\"61855.36\",\"1.5\"]]"),
                        schema = @Schema(description = "Price and quantity."))
                @Nullable List<List<String>> bids,
        @ArraySchema(
                        arraySchema = @Schema(example = "[[\"61855.37\",\"0\"]]"),
                        schema = @Schema(description = "Price and quantity."))
                @Nullable List<List<String>> asks,
        @Schema(description = "Of lost and resync.") @Nullable String reason) {

    static DepthJson of(LiveEvent.BookSnapshot book) {
        return new DepthJson(
                "snapshot",
                book.instrument().venue().id(),
                book.instrument().symbol(),
                book.state().name(),
                null,
                null,
                book.updateId(),
                time(book.eventTime()),
                new BookJson.Range(text(book.range().low()), text(book.range().high())),
                side(book.bids()),
                side(book.asks()),
                null);
    }

    static DepthJson of(LiveEvent.BookDelta delta) {
        return new DepthJson(
                "delta",
                delta.instrument().venue().id(),
                delta.instrument().symbol(),
                null,
                delta.firstUpdateId(),
                delta.previousUpdateId(),
                delta.finalUpdateId(),
                time(delta.eventTime()),
                null,
                side(delta.bids()),
                side(delta.asks()),
                null);
    }

    static DepthJson of(LiveEvent.BookLost lost) {
        return ended("lost", lost.instrument(), time(lost.eventTime()), lost.reason());
    }

    static DepthJson resync(Instrument instrument, int passedOver) {
        return ended(
                "resync",
                instrument,
                null,
                "slow reader: " + passedOver + " changes were passed over");
    }

    private static DepthJson ended(
            String kind, Instrument instrument, @Nullable Instant time, String reason) {
        return new DepthJson(
                kind,
                instrument.venue().id(),
                instrument.symbol(),
                null,
                null,
                null,
                null,
                time,
                null,
                null,
                null,
                reason);
    }

    private static @Nullable Instant time(EpochMicros time) {
        return Trusted.time(time.value());
    }

    private static @Nullable String text(@Nullable Price price) {
        return price == null ? null : Trusted.text(price.value());
    }

    private static List<List<String>> side(Levels levels) {
        List<List<String>> side = new ArrayList<>(levels.size());
        for (int i = 0; i < levels.size(); i++) {
            side.add(
                    List.of(
                            Trusted.text(levels.price(i).value()),
                            Trusted.text(levels.quantity(i).value())));
        }
        return side;
    }
}
