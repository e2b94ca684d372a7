package io.tapeline.query.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tapeline.query.completeness.Completeness;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import io.tapeline.schemas.market.Venue;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How whole the history is. */
@RestController
@Tag(name = "Gaps")
public final class CompletenessController {

    private static final Duration DAY = Duration.ofDays(1);
    private static final int USUAL_DAYS = 7;

    private final Completeness completeness;
    private final Live live;

    CompletenessController(Completeness completeness, Live live) {
        this.completeness = completeness;
        this.live = live;
    }

    @Kept(Kept.As.CHECKED)
    @GetMapping("/v1/completeness/{venue}/{symbol}")
    @Operation(
            operationId = "getCompleteness",
            summary = "Which minutes of a pair the history has",
            description =
                    "For each day: minutes expected, held, filled later, missing, and why. Days in"
                            + " which from and to lie count whole; without them the last seven.")
    public CompletenessJson report(
            @Parameter(example = "binance") @PathVariable String venue,
            @Parameter(example = "BTCUSDT") @PathVariable String symbol,
            @Parameter(
                            description = "In the first day, RFC 3339.",
                            example = "2024-08-09T00:00:00Z")
                    @RequestParam(required = false)
                    @Nullable String from,
            @Parameter(
                            description = "The end, exclusive, RFC 3339; at most 31 days later.",
                            example = "2024-08-10T00:00:00Z")
                    @RequestParam(required = false)
                    @Nullable String to) {
        Instrument instrument = Parameters.instrument(venue, symbol);
        if (instrument.venue() != Venue.BINANCE) {
            throw Parameters.invalid("venue", venue, "binance, the one that has candles");
        }
        EpochMicros begin = Parameters.time("from", from);
        EpochMicros end = Parameters.time("to", to);
        Parameters.ordered(begin, end);
        EpochMicros last = end == null ? lastOf(begin) : endOfDay(end);
        EpochMicros first =
                begin == null ? daysBefore(last, USUAL_DAYS) : Interval.ONE_DAY.openTimeOf(begin);
        if (daysBefore(last, Completeness.MOST_DAYS).isAfter(first)) {
            throw ProblemException.invalid(
                    "from",
                    "from " + first + " to " + last + " are more than 31 days",
                    "at most 31 days before to");
        }
        if (!live.knows(instrument)) {
            throw ProblemException.unknownInstrument(instrument.id());
        }
        return CompletenessJson.of(instrument, completeness.report(instrument, first, last));
    }

    /** Up to the present, or as far as one report goes. */
    private EpochMicros lastOf(@Nullable EpochMicros begin) {
        EpochMicros present = endOfDay(completeness.closedUntil());
        if (begin == null) {
            return present;
        }
        EpochMicros most = daysBefore(Interval.ONE_DAY.openTimeOf(begin), -Completeness.MOST_DAYS);
        return present.isAfter(most) || begin.isAfter(present) ? most : present;
    }

    private static EpochMicros endOfDay(EpochMicros end) {
        return Interval.ONE_DAY.next(Interval.ONE_DAY.openTimeOf(new EpochMicros(end.value() - 1)));
    }

    private static EpochMicros daysBefore(EpochMicros day, int days) {
        return new EpochMicros(Math.max(0, day.value() - DAY.multipliedBy(days).toNanos() / 1_000));
    }
}
