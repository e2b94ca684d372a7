package io.tapeline.query.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tapeline.query.registry.InstrumentRegistry;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Venue;
import io.tapeline.schemas.proto.InstrumentInfo;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Every pair known. */
@RestController
@Tag(name = "Instruments")
public final class InstrumentsController {

    private static final int MOST = 5_000;
    private static final int LONGEST_SEARCH = 64;

    private final InstrumentRegistry registry;

    InstrumentsController(InstrumentRegistry registry) {
        this.registry = registry;
    }

    @Kept(Kept.As.INSTRUMENTS)
    @GetMapping("/v1/instruments")
    @Operation(
            operationId = "listInstruments",
            summary = "Every pair known",
            description = "By venue and symbol.")
    public Page<InstrumentJson> list(
            @Parameter(description = "Only of this venue.", example = "binance")
                    @RequestParam(required = false)
                    @Nullable String venue,
            @Parameter(description = "TRADING, HALTED or DELISTED.", example = "TRADING")
                    @RequestParam(required = false)
                    @Nullable String status,
            @Parameter(
                            description = "Part of the symbol or of an asset, in any case.",
                            example = "btc")
                    @RequestParam(required = false)
                    @Nullable String q,
            @Parameter(description = "Most items, 1 to 5000; 5000 where absent.", example = "100")
                    @RequestParam(required = false)
                    @Nullable String limit,
            @Parameter(description = "The next of the page before.") @RequestParam(required = false)
                    @Nullable String cursor) {
        Predicate<InstrumentInfo> wanted =
                ofVenue(Parameters.venueOrNull(venue)).and(ofStatus(status)).and(matching(q));
        int most = Parameters.number("limit", limit, 1, MOST, MOST);
        String question = "instruments " + venue + " " + status + " " + q;
        String position = Cursor.read(question, cursor);
        Instrument after = position == null ? null : Parameters.instrumentId("cursor", position);
        List<InstrumentInfo> found = registry.list(after, wanted, most + 1);
        boolean more = found.size() > most;
        List<InstrumentInfo> page = more ? found.subList(0, most) : found;
        return new Page<>(
                page.stream().map(InstrumentJson::of).toList(),
                more ? Cursor.of(question, page.getLast().getInstrument()) : null);
    }

    private static Predicate<InstrumentInfo> ofVenue(@Nullable Venue venue) {
        return venue == null
                ? info -> true
                : info -> info.getInstrument().startsWith(venue.id() + ":");
    }

    private static Predicate<InstrumentInfo> ofStatus(@Nullable String status) {
        if (status == null) {
            return info -> true;
        }
        String known = Parameters.word("status", status, InstrumentJson.STATUSES);
        return info -> InstrumentJson.statusOf(info).equals(known);
    }

    private static Predicate<InstrumentInfo> matching(@Nullable String q) {
        if (q == null) {
            return info -> true;
        }
        if (q.isEmpty() || q.length() > LONGEST_SEARCH) {
            throw Parameters.invalid("q", q, "1 to " + LONGEST_SEARCH + " characters");
        }
        String part = q.toUpperCase(Locale.ROOT);
        return info ->
                info.getInstrument()
                                .substring(info.getInstrument().indexOf(':') + 1)
                                .toUpperCase(Locale.ROOT)
                                .contains(part)
                        || info.getBaseAsset().toUpperCase(Locale.ROOT).contains(part)
                        || info.getQuoteAsset().toUpperCase(Locale.ROOT).contains(part);
    }
}
