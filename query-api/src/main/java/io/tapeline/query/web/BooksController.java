package io.tapeline.query.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tapeline.query.routing.Aggregators;
import io.tapeline.query.routing.Store;
import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.BookAnswer;
import io.tapeline.schemas.proto.LevelAnswer;
import io.tapeline.schemas.proto.QuoteAnswer;
import io.tapeline.schemas.proto.VolumeAnswer;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Order books. */
@RestController
@Tag(name = "Books")
public final class BooksController {

    private static final int MOST_LEVELS = 5_000;
    private static final int USUAL_LEVELS = 100;
    private static final String WHAT = "book";

    private final Live live;
    private final Clock clock;

    BooksController(Live live, Clock clock) {
        this.live = live;
        this.clock = clock;
    }

    @Kept(Kept.As.LIVE)
    @GetMapping("/v1/books/{venue}/{symbol}")
    @Operation(
            operationId = "getBook",
            summary = "The order book of one instrument",
            description = "While it is not synchronised: the last known one, state RESYNCING.")
    public BookJson book(
            @Parameter(example = "binance") @PathVariable String venue,
            @Parameter(example = "BTCUSDT") @PathVariable String symbol,
            @Parameter(
                            description = "Most levels a side, 1 to 5000; 100 where absent.",
                            example = "20")
                    @RequestParam(required = false)
                    @Nullable String depth) {
        Instrument instrument = Parameters.instrument(venue, symbol);
        int levels = Parameters.number("depth", depth, 1, MOST_LEVELS, USUAL_LEVELS);
        return BookJson.of(
                live.ask(Store.BOOKS, instrument, "?depth=" + levels, BookAnswer.parser(), WHAT),
                clock);
    }

    @Kept(Kept.As.LIVE)
    @GetMapping("/v1/books/{venue}/{symbol}/levels/{price}")
    @Operation(operationId = "getLevel", summary = "What rests at one price")
    public LevelJson level(
            @Parameter(example = "binance") @PathVariable String venue,
            @Parameter(example = "BTCUSDT") @PathVariable String symbol,
            @Parameter(example = "61855.36") @PathVariable String price) {
        Instrument instrument = Parameters.instrument(venue, symbol);
        String at = Parameters.positive("price", price).toString();
        return LevelJson.of(
                instrument,
                at,
                live.ask(
                        Store.BOOKS,
                        instrument,
                        "/levels/" + Aggregators.encode(at),
                        LevelAnswer.parser(),
                        WHAT),
                clock);
    }

    @Kept(Kept.As.LIVE)
    @GetMapping("/v1/books/{venue}/{symbol}/volume")
    @Operation(
            operationId = "getBookVolume",
            summary = "What rests at, below or above a price",
            description = "The sum of quantities, and of price x quantity; exact.")
    public VolumeJson volume(
            @Parameter(example = "binance") @PathVariable String venue,
            @Parameter(example = "BTCUSDT") @PathVariable String symbol,
            @Parameter(description = "bid or ask; required.", example = "bid")
                    @RequestParam(required = false)
                    @Nullable String side,
            @Parameter(description = "Greater than 0; required.", example = "61850")
                    @RequestParam(required = false)
                    @Nullable String price,
            @Parameter(
                            description =
                                    "eq: at the price; lte: at or below; gte: at or above;"
                                            + " required.",
                            example = "gte")
                    @RequestParam(required = false)
                    @Nullable String operator) {
        Instrument instrument = Parameters.instrument(venue, symbol);
        String query =
                "?side="
                        + Parameters.word("side", side, "bid", "ask")
                        + "&price="
                        + Parameters.positive("price", price)
                        + "&operator="
                        + Parameters.word("operator", operator, "eq", "lte", "gte");
        return VolumeJson.of(
                live.ask(Store.BOOKS, instrument, "/volume" + query, VolumeAnswer.parser(), WHAT),
                clock);
    }

    @Kept(Kept.As.LIVE)
    @GetMapping("/v1/books/{venue}/{symbol}/quote")
    @Operation(
            operationId = "getQuote",
            summary = "What a market order would be filled at",
            description = "Average and worst price, slippage, and whether the book suffices.")
    public QuoteJson quote(
            @Parameter(example = "binance") @PathVariable String venue,
            @Parameter(example = "BTCUSDT") @PathVariable String symbol,
            @Parameter(description = "buy takes asks, sell takes bids; required.", example = "buy")
                    @RequestParam(required = false)
                    @Nullable String side,
            @Parameter(description = "In the base asset, greater than 0; required.", example = "2")
                    @RequestParam(required = false)
                    @Nullable String quantity) {
        Instrument instrument = Parameters.instrument(venue, symbol);
        String taker = Parameters.word("side", side, "buy", "sell");
        Decimal amount = Parameters.positive("quantity", quantity);
        return QuoteJson.of(
                taker,
                amount,
                live.ask(
                        Store.BOOKS,
                        instrument,
                        "/quote?side=" + taker + "&quantity=" + amount,
                        QuoteAnswer.parser(),
                        WHAT),
                clock);
    }
}
