package io.tapeline.ingestor.resync;

import io.tapeline.ingestor.connection.Backoff;
import io.tapeline.ingestor.connection.DecisionThread;
import io.tapeline.ingestor.feed.IngestorCounters;
import io.tapeline.ingestor.feed.IngestorCounters.Count;
import io.tapeline.ingestor.rest.Priority;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import io.tapeline.schemas.proto.Gap;
import io.tapeline.schemas.proto.GapOutcome;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches candles that were lost on the way to Kafka, and closes their entries in the ledger. What
 * fails for passing reasons is tried again for as long as this is not closed; then what is still
 * open is closed as unfilled. A process that is killed leaves its entries open: holes between
 * candles have entries of the aggregator's own. Thread-safe.
 */
public final class CandleRefill implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(CandleRefill.class);

    /** Several runs of losses of every pair of the exchange. */
    static final int CAPACITY = 16_384;

    /** The queue of requests is others' as well. */
    static final int AT_ONCE = 8;

    private static final Duration AFTER_UNWRITTEN = Duration.ofSeconds(2);

    private record Waiting(Gap gap, int failures) {}

    private final Function<Want.Candles, CompletableFuture<Integer>> candles;
    private final List<Interval> intervals;
    private final Function<Gap, CompletableFuture<Void>> ledger;
    private final Backoff backoff;
    private final IngestorCounters counters;
    private final DecisionThread decisions;
    private final Clock clock;

    /** All that are not filled, by their ids: those that are due, under way, or pause. */
    private final Map<String, Gap> open = new HashMap<>();

    private final Deque<Waiting> due = new ArrayDeque<>();
    private int underWay;
    private boolean closed;

    /**
     * @param intervals of the candles that are streamed
     * @param ledger writes the closed entry
     * @param backoff before candles are asked for again
     * @param scheduler of one thread; stays the caller's
     */
    public CandleRefill(
            CandleFetcher candles,
            List<Interval> intervals,
            Function<Gap, CompletableFuture<Void>> ledger,
            Backoff backoff,
            IngestorCounters counters,
            ScheduledExecutorService scheduler,
            Clock clock) {
        this(
                want -> candles.fetchRange(want, Priority.BACKFILL),
                intervals,
                ledger,
                backoff,
                counters,
                scheduler,
                clock);
    }

    CandleRefill(
            Function<Want.Candles, CompletableFuture<Integer>> candles,
            List<Interval> intervals,
            Function<Gap, CompletableFuture<Void>> ledger,
            Backoff backoff,
            IngestorCounters counters,
            ScheduledExecutorService scheduler,
            Clock clock) {
        this.candles = candles;
        this.intervals = List.copyOf(intervals);
        this.ledger = ledger;
        this.backoff = backoff;
        this.counters = counters;
        this.decisions = new DecisionThread("candle refill", scheduler);
        this.clock = clock;
    }

    /** Begins to fill an open gap of candles; returns at once. */
    public synchronized void refill(Gap gap) {
        if (closed) {
            unfilled(gap, "the process ended before they could be fetched");
        } else if (open.size() >= CAPACITY) {
            counters.increment(Count.REFILLS_DROPPED);
            unfilled(gap, "too many lost candles wait to be fetched");
        } else {
            open.put(gap.getId(), gap);
            due.add(new Waiting(gap, 0));
            advance();
        }
    }

    private synchronized void advance() {
        while (!closed && underWay < AT_ONCE && !due.isEmpty()) {
            Waiting next = due.remove();
            underWay++;
            var _ =
                    fetch(next.gap)
                            .whenComplete((count, failure) ->
                                    decisions.post(() -> finished(next, count, failure)));
        }
    }

    private CompletableFuture<Integer> fetch(Gap gap) {
        CompletableFuture<Integer> fetched = CompletableFuture.completedFuture(0);
        for (Interval interval : intervals) {
            Want.Candles want =
                    new Want.Candles(
                            Instrument.parse(gap.getInstrument()),
                            interval,
                            interval.openTimeOf(new EpochMicros(gap.getFrom())),
                            interval.openTimeOf(new EpochMicros(gap.getTo())));
            fetched = fetched.thenCombine(candles.apply(want), Integer::sum);
        }
        return fetched;
    }

    private synchronized void finished(
            Waiting one, @Nullable Integer count, @Nullable Throwable failure) {
        underWay--;
        if (open.containsKey(one.gap.getId())) {
            if (failure == null) {
                end(one.gap, GapOutcome.GAP_OUTCOME_FILLED, "rest klines, " + count + " candles");
            } else if (refused(failure)) {
                end(
                        one.gap,
                        GapOutcome.GAP_OUTCOME_UNFILLABLE,
                        "the exchange refuses: " + failure.getMessage());
            } else {
                again(one, failure);
            }
        }
        advance();
    }

    private void again(Waiting one, Throwable failure) {
        Duration pause = backoff.after(one.failures);
        log.atWarn()
                .addKeyValue("instrument", one.gap.getInstrument())
                .addKeyValue("gap", one.gap.getId())
                .addKeyValue("reason", failure.getMessage())
                .addKeyValue("again_in", pause)
                .log("lost candles could not be fetched yet: the gap is open");
        var _ =
                decisions.after(
                        pause,
                        () -> {
                            synchronized (this) {
                                due.add(new Waiting(one.gap, one.failures + 1));
                            }
                            advance();
                        });
    }

    private static boolean refused(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof FetchFailedException fetch && fetch.refused();
    }

    private void end(Gap gap, GapOutcome outcome, String how) {
        open.remove(gap.getId());
        write(
                gap.toBuilder()
                        .setOutcome(outcome)
                        .setHow(how)
                        .setEndedUs(EpochMicros.of(clock.instant()).value())
                        .build());
    }

    private void unfilled(Gap gap, String why) {
        end(gap, GapOutcome.GAP_OUTCOME_UNFILLABLE, why);
    }

    /** Until it is in the ledger. */
    private void write(Gap ended) {
        var _ =
                ledger.apply(ended)
                        .whenComplete((_, failure) -> {
                            if (failure != null) {
                                log.atWarn()
                                        .addKeyValue("gap", ended.getId())
                                        .addKeyValue("reason", failure.toString())
                                        .log("a gap's end is not in the ledger yet");
                                var _ = decisions.after(AFTER_UNWRITTEN, () -> write(ended));
                            }
                        });
    }

    /** Gaps that are not filled yet. */
    synchronized int open() {
        return open.size();
    }

    /** Nothing is asked for from now on; the ledger is still written to. */
    @Override
    public synchronized void close() {
        closed = true;
        due.clear();
        new ArrayList<>(open.values())
                .forEach(gap -> unfilled(gap, "the process ended before they could be fetched"));
    }
}
