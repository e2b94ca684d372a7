package io.tapeline.query.web;

import io.swagger.v3.oas.annotations.media.Schema;
import io.tapeline.query.completeness.Completeness.Report;
import io.tapeline.query.completeness.DayReport;
import io.tapeline.query.completeness.MissingMinutes;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Which minutes of a pair the history has, and why it lacks others. */
@Schema(name = "Completeness", description = "Minutes of a pair by day: expected = held + missing.")
public record CompletenessJson(
        @Schema(example = "binance") String venue,
        @Schema(example = "BTCUSDT") String symbol,
        @Schema(
                        description =
                                "The first minute of which the exchange has a candle; null where it"
                                        + " could not be asked.",
                        nullable = true)
                @Nullable Instant listed,
        @Schema(description = "Minutes from the listing on, as far as they are closed.")
                long expected,
        @Schema(description = "Of them in the history.") long held,
        @Schema(description = "Of those held, that were missing once and came later.") long filled,
        long missing,
        @Schema(
                        description =
                                "All of the gap ledger was looked through. false: it has too many"
                                        + " entries, and a reason may be not_fetched that is"
                                        + " another.")
                boolean wholeLedger,
        @Schema(description = "Oldest first.") List<Day> days) {

    /** A day, UTC. */
    @Schema(name = "CompletenessDay", description = "A day, UTC; its part from the listing on.")
    public record Day(
            @Schema(example = "2024-08-09") String day,
            @Schema(example = "1440") long expected,
            @Schema(example = "1432") long held,
            @Schema(example = "12") long filled,
            @Schema(example = "8") long missing,
            @Schema(description = "Oldest first, at most 100.") List<Missing> missingSpans) {}

    /** Minutes that follow one another and are missing for the same reason. */
    @Schema(
            name = "MissingMinutes",
            description = "Minutes that follow one another and are missing for the same reason.")
    public record Missing(
            @Schema(description = "Open time of the first.") Instant from,
            @Schema(description = "Open time of the last.") Instant to,
            @Schema(example = "8") long minutes,
            @Schema(
                            example = "not_at_exchange",
                            description =
                                    "not_at_exchange: the exchange has none either; open: it is"
                                            + " being fetched; unfillable: given up, how says why;"
                                            + " filled: the ledger says that it came, and it is on"
                                            + " its way or was not kept; not_fetched: nothing was"
                                            + " streamed then, and nobody asked")
                    String why,
            @Nullable String how) {}

    static CompletenessJson of(Instrument instrument, Report report) {
        EpochMicros listed = report.listed();
        return new CompletenessJson(
                instrument.venue().id(),
                instrument.symbol(),
                listed == null ? null : listed.toInstant(),
                sum(report, DayReport::expected),
                sum(report, DayReport::held),
                sum(report, DayReport::filled),
                sum(report, DayReport::missing),
                report.wholeLedger(),
                report.days().stream().map(CompletenessJson::day).toList());
    }

    private static long sum(Report report, ToLongFunction<DayReport> value) {
        return report.days().stream().mapToLong(value).sum();
    }

    private static Day day(DayReport day) {
        return new Day(
                day.span().from().toInstant().toString().substring(0, 10),
                day.expected(),
                day.held(),
                day.filled(),
                day.missing(),
                day.spans().stream().map(CompletenessJson::missing).toList());
    }

    private static Missing missing(MissingMinutes missing) {
        return new Missing(
                missing.span().from().toInstant(),
                new EpochMicros(missing.span().to().value() - 60_000_000).toInstant(),
                missing.span().minutes(),
                missing.reason().name().toLowerCase(Locale.ROOT),
                BookJson.orNull(missing.how()));
    }
}
