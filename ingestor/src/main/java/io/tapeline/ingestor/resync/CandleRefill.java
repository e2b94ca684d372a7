package io.tapeline.ingestor.resync;

import io.tapeline.ingestor.rest.Priority;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import io.tapeline.schemas.proto.Gap;
import io.tapeline.schemas.proto.GapOutcome;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches candles that were lost on the way to Kafka, and closes their entries in the ledger. */
public final class CandleRefill {

    private static final Logger log = LoggerFactory.getLogger(CandleRefill.class);

    private final CandleFetcher candles;
    private final List<Interval> intervals;
    private final Consumer<Gap> ledger;
    private final Clock clock;

    /**
     * @param intervals of the candles that are streamed
     * @param ledger where the closed entry is written
     */
    public CandleRefill(
            CandleFetcher candles, List<Interval> intervals, Consumer<Gap> ledger, Clock clock) {
        this.candles = candles;
        this.intervals = List.copyOf(intervals);
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Begins to fill an open gap of candles; returns at once. */
    public void refill(Gap gap) {
        CompletableFuture<Integer> fetched = CompletableFuture.completedFuture(0);
        for (Interval interval : intervals) {
            Want.Candles want =
                    new Want.Candles(
                            Instrument.parse(gap.getInstrument()),
                            interval,
                            interval.openTimeOf(new EpochMicros(gap.getFrom())),
                            interval.openTimeOf(new EpochMicros(gap.getTo())));
            fetched =
                    fetched.thenCombine(candles.fetchRange(want, Priority.BACKFILL), Integer::sum);
        }
        var _ =
                fetched.whenComplete((count, failure) -> {
                    if (failure == null) {
                        close(
                                gap,
                                GapOutcome.GAP_OUTCOME_FILLED,
                                "rest klines, " + count + " candles");
                    } else if (refused(failure)) {
                        close(
                                gap,
                                GapOutcome.GAP_OUTCOME_UNFILLABLE,
                                "the exchange refuses: " + failure.getMessage());
                    } else {
                        log.atWarn()
                                .addKeyValue("instrument", gap.getInstrument())
                                .addKeyValue("gap", gap.getId())
                                .addKeyValue("reason", failure.getMessage())
                                .log("lost candles could not be fetched: the gap is open");
                    }
                });
    }

    private static boolean refused(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof FetchFailedException fetch && fetch.refused();
    }

    private void close(Gap gap, GapOutcome outcome, String how) {
        ledger.accept(
                gap.toBuilder()
                        .setOutcome(outcome)
                        .setHow(how)
                        .setEndedUs(EpochMicros.of(clock.instant()).value())
                        .build());
    }
}
