package io.tapeline.query.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tapeline.query.candles.HistoryFill;
import io.tapeline.query.collect.Admission;
import io.tapeline.query.collect.CandleCollections;
import io.tapeline.query.collect.CollectionOrder;
import io.tapeline.query.registry.InstrumentRegistry;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import io.tapeline.schemas.market.Venue;
import io.tapeline.schemas.proto.CollectionRecord;
import io.tapeline.schemas.proto.InstrumentStatus;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Collections: the newest candles of all or some pairs, into the history. */
@RestController
@Tag(name = "Collections")
public final class CollectionsController {

    private static final String PATH = "/v1/collections";

    /** Ten thousand symbols. */
    private static final int MOST_BODY_BYTES = 512 << 10;

    /** Some hours of the share that collections may have. */
    private static final long MOST_WEIGHT = 500_000;

    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final Duration RETRY_FULL = Duration.ofMinutes(1);

    private final CandleCollections collections;
    private final HistoryFill fill;
    private final InstrumentRegistry registry;
    private final JsonMapper json;
    private final Clock clock;

    CollectionsController(
            CandleCollections collections,
            HistoryFill fill,
            InstrumentRegistry registry,
            JsonMapper json,
            Clock clock) {
        this.collections = collections;
        this.fill = fill;
        this.registry = registry;
        this.json = json;
        this.clock = clock;
    }

    @PostMapping(path = PATH, consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "startCollection",
            summary = "Fetch the newest candles of pairs into the history",
            description =
                    "Begins, and answers where to ask how far it is. Within the exchange's limits,"
                            + " after everything else; goes on after a restart. What the history"
                            + " holds already is not fetched again. Four may be open.",
            requestBody =
                    @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema =
                                                    @Schema(
                                                            implementation =
                                                                    CollectionOrderJson.class))))
    @ApiResponse(responseCode = "202", description = "It has begun; Location says where it is.")
    public ResponseEntity<CollectionJson> start(
            @Parameter(hidden = true) HttpServletRequest request)
            throws IOException, InterruptedException {
        byte[] body = request.getInputStream().readNBytes(MOST_BODY_BYTES + 1);
        if (body.length > MOST_BODY_BYTES) {
            throw ProblemException.invalid(
                    "body", "it is too long", "at most " + MOST_BODY_BYTES + " bytes");
        }
        CollectionOrder order = order(CollectionOrderJson.read(body, json));
        return switch (collections.start(UUID.randomUUID().toString(), order)) {
            case Admission.Taken(CollectionRecord record) ->
                    ResponseEntity.accepted()
                            .location(URI.create(PATH + "/" + record.getId()))
                            .body(CollectionJson.of(record, clock));
            case Admission.Full(int open) ->
                    throw ProblemException.tooMany(
                            open + " collections are open, and no more may be.", RETRY_FULL);
            case Admission.NotNow(String why) ->
                    throw ProblemException.notReady(
                            "The order cannot be written down now: " + why + ".", RETRY);
        };
    }

    private CollectionOrder order(CollectionOrderJson asked) {
        Venue venue = asked.ofVenue();
        Interval interval = asked.ofInterval();
        List<String> named = asked.symbols();
        List<String> symbols = named == null ? trading(venue) : named;
        for (String symbol : symbols) {
            if (registry.of(new Instrument(venue, symbol)).isEmpty()) {
                throw Parameters.invalid(
                        "symbols", symbol, "a symbol of the venue; /v1/instruments lists them");
            }
        }
        CollectionOrder order =
                CollectionOrder.newest(
                        venue, interval, asked.ofLimit(), symbols, fill.closedUntil());
        if (order.weight() > MOST_WEIGHT) {
            throw ProblemException.invalid(
                    "limit",
                    "it would need a weight of " + order.weight() + " of the exchange",
                    "a limit, an interval and symbols that need at most " + MOST_WEIGHT);
        }
        return order;
    }

    private List<String> trading(Venue venue) {
        List<String> symbols =
                registry
                        .list(
                                null,
                                info ->
                                        info.getStatus()
                                                        == InstrumentStatus
                                                                .INSTRUMENT_STATUS_TRADING
                                                && Instrument.parse(info.getInstrument()).venue()
                                                        == venue,
                                CollectionOrder.MOST_SYMBOLS)
                        .stream()
                        .map(info -> Instrument.parse(info.getInstrument()).symbol())
                        .toList();
        if (symbols.isEmpty()) {
            throw ProblemException.notReady("No pair of the venue is known yet.", RETRY);
        }
        return symbols;
    }

    @GetMapping(PATH)
    @Operation(
            operationId = "listCollections",
            summary = "All collections",
            description = "The open ones, and the last that have ended; the newest first.")
    public Page<CollectionJson> list() {
        return Page.whole(
                collections.all().stream()
                        .map(record -> CollectionJson.of(record, clock))
                        .toList());
    }

    @GetMapping(PATH + "/{id}")
    @Operation(operationId = "getCollection", summary = "How far a collection is")
    public CollectionJson one(@PathVariable String id) {
        return CollectionJson.of(
                collections.find(id).orElseThrow(CollectionsController::unknown), clock);
    }

    @DeleteMapping(PATH + "/{id}")
    @Operation(
            operationId = "cancelCollection",
            summary = "End a collection",
            description = "What it has fetched stays. Nothing changes where it has ended.")
    public CollectionJson cancel(@PathVariable String id) throws InterruptedException {
        try {
            return CollectionJson.of(
                    collections.cancel(id).orElseThrow(CollectionsController::unknown), clock);
        } catch (IOException e) {
            throw ProblemException.notReady(
                    "That cannot be written down now: " + e.getMessage() + ".", RETRY);
        }
    }

    private static ProblemException unknown() {
        return ProblemException.unknown(
                "unknown-collection",
                "Unknown collection",
                "There is no collection of this id, or no longer.");
    }
}
