package io.tapeline.query.web;

import io.swagger.v3.oas.annotations.media.Schema;
import io.tapeline.query.through.Ask;
import io.tapeline.query.through.MinuteSpan;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.proto.CollectionRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A collection, and how far it is. */
@Schema(
        name = "Collection",
        description = "The newest candles of pairs, being fetched into the history.")
public record CollectionJson(
        String id,
        @Schema(example = "RUNNING", description = "RUNNING, DONE or CANCELLED") String state,
        @Schema(example = "binance") String venue,
        @Schema(example = "1m") String interval,
        @Schema(example = "500", description = "Candles of each pair.") int limit,
        @Schema(description = "Open time of the first minute that is wanted.") Instant from,
        @Schema(description = "Where the minutes that are wanted end, exclusive.") Instant to,
        @Schema(example = "2200") int pairs,
        @Schema(
                        example = "731",
                        description =
                                "Pairs of which the history has, or is about to have, all candles.")
                int done,
        @Schema(description = "Pairs given up.") int failed,
        @Schema(description = "The first hundred of them, and why.") List<Failure> failures,
        @Schema(description = "Minutes fetched; what the history had already is not among them.")
                long candles,
        @Schema(description = "Asked of the exchange so far.") long requests,
        @Schema(description = "Of the exchange's weight, used so far.") long weight,
        @Schema(description = "Of the exchange's weight, for all of it, at most.")
                long estimatedWeight,
        Instant startedAt,
        @Schema(nullable = true) @Nullable Instant endedAt,
        @Schema(
                        description =
                                "At the pace so far; null where that is not known or it has ended.",
                        nullable = true)
                @Nullable Instant estimatedEnd,
        @Schema(
                        description = "Why nothing comes at the moment; null where something does.",
                        nullable = true)
                @Nullable String waitsFor) {

    /** A pair given up. */
    @Schema(name = "CollectionFailure", description = "A pair given up, and why.")
    public record Failure(@Schema(example = "LUNAUSDT") String symbol, String reason) {}

    static CollectionJson of(CollectionRecord record, Clock clock) {
        MinuteSpan span =
                new MinuteSpan(
                        new EpochMicros(record.getFromUs()), new EpochMicros(record.getToUs()));
        int pairs = record.getSymbolsCount();
        long requests = Math.ceilDiv(span.minutes(), (long) Ask.MINUTES) * pairs;
        Instant started = new EpochMicros(record.getStartedUs()).toInstant();
        return new CollectionJson(
                record.getId(),
                record.getState(),
                record.getVenue(),
                record.getInterval(),
                record.getLimit(),
                span.from().toInstant(),
                span.to().toInstant(),
                pairs,
                record.getSettled() - Math.min(record.getSettled(), record.getFailed()),
                record.getFailed(),
                record.getFailuresList().stream()
                        .map(each -> new Failure(each.getSymbol(), each.getReason()))
                        .toList(),
                record.getCandles(),
                record.getRequests(),
                record.getRequests() * Ask.WEIGHT,
                requests * Ask.WEIGHT,
                started,
                Trusted.time(record.getEndedUs()),
                estimated(record, started, clock.instant()),
                BookJson.orNull(record.getWaitsFor()));
    }

    private static @Nullable Instant estimated(
            CollectionRecord record, Instant started, Instant now) {
        int settled = record.getSettled();
        if (record.getEndedUs() != 0 || settled == 0) {
            return null;
        }
        Duration each = Duration.between(started, now).dividedBy(settled);
        return now.plus(each.multipliedBy(record.getSymbolsCount() - settled));
    }
}
