package io.tapeline.query.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tapeline.query.candles.CandleRange;
import io.tapeline.query.history.HistoryStore;
import io.tapeline.query.history.Order;
import io.tapeline.query.history.PriceQuestion;
import io.tapeline.query.history.RecordedPrice;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Recorded rates. */
@RestController
@Tag(name = "Prices")
public final class PriceHistoryController {

    private static final int MOST = 5_000;
    private static final int USUAL = 500;

    private final HistoryStore history;
    private final Live live;
    private final Keeping keeping;

    PriceHistoryController(HistoryStore history, Live live, Keeping keeping) {
        this.history = history;
        this.live = live;
        this.keeping = keeping;
    }

    @GetMapping("/v1/prices/{venue}/{symbol}/history")
    @Operation(
            operationId = "listPriceHistory",
            summary = "Recorded prices of one instrument",
            description =
                    "All, or those between two times, each with the time for which it was the"
                            + " latest.")
    public Page<RecordedPriceJson> history(
            @Parameter(example = "binance") @PathVariable String venue,
            @Parameter(example = "BTCUSDT") @PathVariable String symbol,
            @Parameter(
                            description = "Event time, RFC 3339, inclusive.",
                            example = "2024-08-09T00:00:00Z")
                    @RequestParam(required = false)
                    @Nullable String from,
            @Parameter(
                            description = "Event time, RFC 3339, exclusive.",
                            example = "2024-08-10T00:00:00Z")
                    @RequestParam(required = false)
                    @Nullable String to,
            @Parameter(
                            description = "asc: oldest first; desc: newest first, which is usual.",
                            example = "desc")
                    @RequestParam(required = false)
                    @Nullable String order,
            @Parameter(description = "Most items, 1 to 5000; 500 where absent.", example = "100")
                    @RequestParam(required = false)
                    @Nullable String limit,
            @Parameter(description = "The next of the page before.") @RequestParam(required = false)
                    @Nullable String cursor,
            HttpServletResponse response) {
        Instrument instrument = Parameters.instrument(venue, symbol);
        EpochMicros begin = Parameters.time("from", from);
        EpochMicros end = Parameters.time("to", to);
        Parameters.ordered(begin, end);
        String word = order == null ? "desc" : Parameters.word("order", order, "asc", "desc");
        Order direction = word.equals("asc") ? Order.OLDEST_FIRST : Order.NEWEST_FIRST;
        int most = Parameters.number("limit", limit, 1, MOST, USUAL);
        String question = "prices " + instrument + " " + begin + " " + end + " " + direction;
        EpochMicros at = Positions.time(question, cursor);
        PriceQuestion asked =
                new PriceQuestion(
                        instrument,
                        at != null && direction == Order.OLDEST_FIRST
                                ? at
                                : Objects.requireNonNullElse(begin, new EpochMicros(0)),
                        at != null && direction == Order.NEWEST_FIRST
                                ? at
                                : Objects.requireNonNullElse(end, CandleRange.NO_END),
                        direction,
                        most + 1);
        List<RecordedPrice> found = history.prices(asked);
        if (found.isEmpty() && !live.knows(instrument) && neverSeen(instrument)) {
            throw ProblemException.unknownInstrument(instrument.id());
        }
        List<RecordedPrice> page = found.subList(0, Math.min(found.size(), most));
        if (!page.isEmpty() && page.stream().allMatch(price -> price.validTo() != null)) {
            keeping.past(
                    direction == Order.OLDEST_FIRST && found.size() > most
                            ? found.get(most).price().eventTime()
                            : asked.to(),
                    response);
        }
        return new Page<>(
                page.stream().map(RecordedPriceJson::of).toList(),
                found.size() > most
                        ? Cursor.of(question, continueAt(direction, found, most))
                        : null);
    }

    /** Oldest first goes on at the next, inclusive; newest first before the last, exclusive. */
    private static String continueAt(Order direction, List<RecordedPrice> found, int most) {
        RecordedPrice at =
                switch (direction) {
                    case OLDEST_FIRST -> found.get(most);
                    case NEWEST_FIRST -> found.get(most - 1);
                };
        return Long.toString(at.price().eventTime().value());
    }

    private boolean neverSeen(Instrument instrument) {
        return history.prices(
                        new PriceQuestion(
                                instrument,
                                new EpochMicros(0),
                                CandleRange.NO_END,
                                Order.NEWEST_FIRST,
                                1))
                .isEmpty();
    }
}
