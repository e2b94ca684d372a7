package io.tapeline.query.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tapeline.query.candles.CandleRange;
import io.tapeline.query.history.GapQuestion;
import io.tapeline.query.history.HistoryStore;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Venue;
import io.tapeline.schemas.proto.Gap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The gap ledger. */
@RestController
@Tag(name = "Gaps")
public final class GapsController {

    private static final int MOST = 1_000;
    private static final int USUAL = 100;

    private final HistoryStore history;

    GapsController(HistoryStore history) {
        this.history = history;
    }

    @Kept(Kept.As.CHECKED)
    @GetMapping("/v1/gaps")
    @Operation(
            operationId = "listGaps",
            summary = "The gap ledger",
            description = "What was missing, why, and how it was filled; newest found first.")
    public Page<GapJson> list(
            @Parameter(description = "Only of this venue.", example = "binance")
                    @RequestParam(required = false)
                    @Nullable String venue,
            @Parameter(description = "Only of this symbol.", example = "BTCUSDT")
                    @RequestParam(required = false)
                    @Nullable String symbol,
            @Parameter(
                            description = "When it was found, RFC 3339, inclusive.",
                            example = "2024-08-09T00:00:00Z")
                    @RequestParam(required = false)
                    @Nullable String from,
            @Parameter(
                            description = "When it was found, RFC 3339, exclusive.",
                            example = "2024-08-10T00:00:00Z")
                    @RequestParam(required = false)
                    @Nullable String to,
            @Parameter(description = "Most items, 1 to 1000; 100 where absent.", example = "100")
                    @RequestParam(required = false)
                    @Nullable String limit,
            @Parameter(description = "The next of the page before.") @RequestParam(required = false)
                    @Nullable String cursor) {
        Venue ofVenue = Parameters.venueOrNull(venue);
        String ofSymbol = symbol == null ? null : Parameters.symbol("symbol", symbol);
        EpochMicros begin = Parameters.time("from", from);
        EpochMicros end = Parameters.time("to", to);
        Parameters.ordered(begin, end);
        int most = Parameters.number("limit", limit, 1, MOST, USUAL);
        String question = "gaps " + venue + " " + symbol + " " + begin + " " + end;
        List<Gap> found =
                history.gaps(
                        new GapQuestion(
                                ofVenue,
                                ofSymbol,
                                Objects.requireNonNullElse(begin, new EpochMicros(0)),
                                Objects.requireNonNullElse(end, CandleRange.NO_END),
                                after(question, cursor),
                                most + 1));
        List<Gap> page = found.subList(0, Math.min(found.size(), most));
        return new Page<>(
                page.stream().map(GapJson::of).toList(),
                found.size() > most
                        ? Cursor.of(
                                question,
                                page.getLast().getFoundUs() + " " + page.getLast().getId())
                        : null);
    }

    private static GapQuestion.@Nullable After after(String question, @Nullable String cursor) {
        String position = Cursor.read(question, cursor);
        if (position == null) {
            return null;
        }
        if (!position.matches("(?s)[0-9]{1,16} .*")) {
            throw Cursor.refused(String.valueOf(cursor));
        }
        int space = position.indexOf(' ');
        return new GapQuestion.After(
                new EpochMicros(Long.parseLong(position.substring(0, space))),
                position.substring(space + 1));
    }
}
