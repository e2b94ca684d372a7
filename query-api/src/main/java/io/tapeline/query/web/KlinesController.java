package io.tapeline.query.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tapeline.query.candles.CandleAnswers;
import io.tapeline.query.candles.CandlePage;
import io.tapeline.query.candles.CandleRange;
import io.tapeline.query.history.Order;
import io.tapeline.query.routing.Answer;
import io.tapeline.query.through.ReadThrough;
import io.tapeline.query.through.Shortfall;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Candles. */
@RestController
@Tag(name = "Candles")
public final class KlinesController {

    private static final int MOST = 1_000;
    private static final int USUAL = 500;

    private final CandleAnswers candles;
    private final Live live;
    private final Keeping keeping;

    KlinesController(CandleAnswers candles, Live live, Keeping keeping) {
        this.candles = candles;
        this.live = live;
        this.keeping = keeping;
    }

    @GetMapping("/v1/klines/{venue}/{symbol}")
    @Operation(
            operationId = "listCandles",
            summary = "Candles of one instrument",
            description =
                    "From live state (the open candle with it), then from history, and what is"
                            + " missing there from the exchange, within its limits. Items are"
                            + " oldest first. With from: the first candles from there on, and next"
                            + " goes on to newer ones. Without: the newest before to, and next goes"
                            + " on to older ones. A page may hold fewer than limit and still have a"
                            + " next: go on until it is null. Where the exchange cannot be asked"
                            + " now, missing says why, and Retry-After when to ask again; 503 where"
                            + " nothing is held at all.")
    public ResponseEntity<CandlePageJson> list(
            @Parameter(example = "binance") @PathVariable String venue,
            @Parameter(example = "BTCUSDT") @PathVariable String symbol,
            @Parameter(
                            description =
                                    "1m, 3m, 5m, 15m, 30m, 1h, 2h, 4h, 6h, 8h, 12h, 1d, 3d, 1w or"
                                        + " 1M; 1m where absent. Rolled up exactly from minutes.",
                            example = "1m")
                    @RequestParam(required = false)
                    @Nullable String interval,
            @Parameter(
                            description = "Open time, RFC 3339, inclusive.",
                            example = "2024-08-09T00:00:00Z")
                    @RequestParam(required = false)
                    @Nullable String from,
            @Parameter(
                            description = "Open time, RFC 3339, exclusive.",
                            example = "2024-08-10T00:00:00Z")
                    @RequestParam(required = false)
                    @Nullable String to,
            @Parameter(
                            description =
                                    "asc: from the oldest on; desc: from the newest on, and the"
                                        + " items so too. Absent: as from says, the items of a page"
                                        + " oldest first.",
                            example = "desc")
                    @RequestParam(required = false)
                    @Nullable String order,
            @Parameter(description = "Most items, 1 to 1000; 500 where absent.", example = "100")
                    @RequestParam(required = false)
                    @Nullable String limit,
            @Parameter(description = "The next of the page before.") @RequestParam(required = false)
                    @Nullable String cursor,
            HttpServletResponse response) {
        Instrument instrument = Parameters.instrument(venue, symbol);
        Interval length = Parameters.interval(interval);
        EpochMicros begin = Parameters.time("from", from);
        EpochMicros end = Parameters.time("to", to);
        Parameters.ordered(begin, end);
        int most = Parameters.number("limit", limit, 1, MOST, USUAL);
        String word = order == null ? null : Parameters.word("order", order, "asc", "desc");
        CandleRange range = range(CandleRange.of(length, begin, end, most), word);
        String question =
                "klines " + instrument + " " + length.id() + " " + begin + " " + end + " " + word;
        EpochMicros at = Positions.time(question, cursor);
        return page(
                instrument,
                at == null ? range : continued(range, at, cursor),
                "desc".equals(word),
                question,
                response);
    }

    private static CandleRange range(CandleRange usual, @Nullable String order) {
        return order == null
                ? usual
                : usual.in(order.equals("asc") ? Order.OLDEST_FIRST : Order.NEWEST_FIRST);
    }

    /** At a candle's beginning within what was asked for: other places no page has named. */
    private static CandleRange continued(
            CandleRange range, EpochMicros at, @Nullable String cursor) {
        boolean named =
                range.interval().openTimeOf(at).equals(at)
                        && !range.from().isAfter(at)
                        && !at.isAfter(range.to());
        if (!named) {
            throw Cursor.refused(String.valueOf(cursor));
        }
        return range.continuedAt(at);
    }

    private ResponseEntity<CandlePageJson> page(
            Instrument instrument,
            CandleRange range,
            boolean newestFirst,
            String question,
            HttpServletResponse response) {
        Answer<CandlePage> answer = candles.ask(instrument, range);
        if (answer instanceof Answer.NotReady<CandlePage> no
                && no.why().equals(ReadThrough.NO_KEY.why())) {
            throw ProblemException.keyNeeded("Nothing is held of this page: " + no.why() + ".");
        }
        if (answer instanceof Answer.Unknown && live.knows(instrument)) {
            return ResponseEntity.ok(new CandlePageJson(List.of(), null, null));
        }
        CandlePage page = live.found(answer, instrument, "candle");
        EpochMicros at = page.continueAt();
        Shortfall shortfall = page.shortfall();
        List<CandleJson> items = page.items().stream().map(CandleJson::of).toList();
        CandlePageJson body =
                new CandlePageJson(
                        newestFirst ? items.reversed() : items,
                        at == null ? null : Cursor.of(question, Long.toString(at.value())),
                        shortfall == null ? null : shortfall.why());
        if (shortfall == null && isOver(page)) {
            keeping.past(endOf(range, page), response);
        }
        return shortfall == null
                ? ResponseEntity.ok(body)
                : ResponseEntity.ok()
                        .header(
                                HttpHeaders.RETRY_AFTER,
                                Long.toString(Math.max(1, shortfall.retryAfter().toSeconds())))
                        .body(body);
    }

    private static boolean isOver(CandlePage page) {
        return !page.items().isEmpty()
                && page.items().stream().allMatch(item -> item.closed() && item.complete());
    }

    private static EpochMicros endOf(CandleRange range, CandlePage page) {
        EpochMicros at = page.continueAt();
        return range.order() == Order.OLDEST_FIRST && at != null ? at : range.to();
    }
}
