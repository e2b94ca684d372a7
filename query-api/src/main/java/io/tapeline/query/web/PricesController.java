package io.tapeline.query.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tapeline.query.routing.Answer;
import io.tapeline.query.routing.Fleet;
import io.tapeline.query.routing.Store;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Venue;
import io.tapeline.schemas.proto.PriceAnswer;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Latest rates. */
@RestController
@Tag(name = "Prices")
public final class PricesController {

    private static final int MOST_SYMBOLS = 500;

    /** By id: a venue's name has no character that comes before the colon after it. */
    private static final Comparator<PriceAnswer> BY_VENUE_AND_SYMBOL =
            Comparator.comparing(answer -> answer.getPrice().getInstrument());

    private final Live live;
    private final Fleet fleet;
    private final JsonMapper json;
    private final Clock clock;

    PricesController(Live live, Fleet fleet, JsonMapper json, Clock clock) {
        this.live = live;
        this.fleet = fleet;
        this.json = json;
        this.clock = clock;
    }

    @Kept(Kept.As.LIVE)
    @GetMapping("/v1/prices")
    @Operation(
            operationId = "listPrices",
            summary = "Latest prices, all or some",
            description = "By venue and symbol.")
    public Page<PriceJson> list(
            @Parameter(description = "Only of this venue.", example = "binance")
                    @RequestParam(required = false)
                    @Nullable String venue,
            @Parameter(
                            description = "Only these symbols, at most 500, between commas.",
                            example = "BTCUSDT,ETHUSDT")
                    @RequestParam(required = false)
                    @Nullable String symbols) {
        Venue ofVenue = Parameters.venueOrNull(venue);
        Set<String> wanted = Parameters.list("symbols", symbols, MOST_SYMBOLS);
        wanted.forEach(symbol -> Parameters.symbol("symbols", symbol));
        return Page.whole(
                inOrder(
                                fleet.prices(instrument ->
                                        (ofVenue == null || instrument.venue() == ofVenue)
                                                && (wanted.isEmpty()
                                                        || wanted.contains(instrument.symbol()))))
                        .stream()
                        .map(price -> PriceJson.of(price, clock))
                        .toList());
    }

    /** What {@link #list} tells of all, as it is sent. */
    byte[] whole() {
        return PriceListText.page(inOrder(fleet.prices()), json, clock.millis());
    }

    private static List<PriceAnswer> inOrder(Answer<List<PriceAnswer>> answer) {
        return switch (answer) {
            case Answer.Found<List<PriceAnswer>>(List<PriceAnswer> prices) ->
                    prices.stream().sorted(BY_VENUE_AND_SYMBOL).toList();
            case Answer.Unknown<List<PriceAnswer>> _ -> List.of();
            case Answer.NotReady<List<PriceAnswer>> notReady ->
                    throw ProblemException.notReady(
                            "No live answer: " + notReady.why() + ".", notReady.retryAfter());
            case Answer.Refused<List<PriceAnswer>>(String reason) ->
                    throw ProblemException.badRequest(reason);
        };
    }

    @Kept(Kept.As.LIVE)
    @GetMapping("/v1/prices/{venue}/{symbol}")
    @Operation(operationId = "getPrice", summary = "The latest price of one instrument")
    public PriceJson one(
            @Parameter(example = "binance") @PathVariable String venue,
            @Parameter(description = "As the venue spells it.", example = "BTCUSDT") @PathVariable
                    String symbol) {
        Instrument instrument = Parameters.instrument(venue, symbol);
        return PriceJson.of(
                live.ask(Store.PRICES, instrument, "", PriceAnswer.parser(), "price"), clock);
    }
}
