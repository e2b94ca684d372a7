package io.tapeline.ingestor.resync;

import io.tapeline.ingestor.connection.DecisionThread;
import io.tapeline.ingestor.feed.EventKind;
import io.tapeline.ingestor.feed.IngestorCounters;
import io.tapeline.ingestor.feed.IngestorCounters.Count;
import io.tapeline.ingestor.share.Lapse;
import io.tapeline.ingestor.share.LapseJudge;
import io.tapeline.ingestor.share.LapseJudge.Between;
import io.tapeline.ingestor.share.LapseJudge.Verdict;
import io.tapeline.ingestor.share.LineEvidence;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Venue;
import io.tapeline.schemas.proto.Gap;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out of each lapse of a line whether another line carried the stream all the while. If none
 * did, what is missing is fetched, and what cannot be fetched is entered in the ledger of gaps. All
 * is decided on the scheduler's single thread.
 */
public final class LapseReview implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LapseReview.class);

    static final int CAPACITY = 65_536;
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    /** How long the word of another line is waited for. */
    private static final Duration DECIDED_WITHIN = Duration.ofSeconds(15);

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);

    private record Pending(Lapse lapse, long sinceNanos, CompletableFuture<@Nullable Void> done) {}

    private final LapseJudge judge = new LapseJudge(CAPACITY);
    private final Deque<Pending> pending = new ArrayDeque<>();
    private final LineEvidence evidence;
    private final Map<Venue, Backfill> venues;
    private final Function<Gap, CompletableFuture<Void>> ledger;
    private final IngestorCounters counters;
    private final DecisionThread decisions;
    private final Clock clock;
    private final DecisionThread.Repetition looking;
    private boolean asking;

    private LapseReview(
            LineEvidence evidence,
            Map<Venue, Backfill> venues,
            Function<Gap, CompletableFuture<Void>> ledger,
            IngestorCounters counters,
            ScheduledExecutorService scheduler,
            Clock clock) {
        this.evidence = evidence;
        this.venues = Map.copyOf(venues);
        this.ledger = ledger;
        this.counters = counters;
        this.decisions = new DecisionThread("lapse review", scheduler);
        this.clock = clock;
        this.looking = decisions.every(LOOK_EVERY, this::look);
    }

    /**
     * @param ledger writes an entry of the ledger of gaps
     */
    public static LapseReview start(
            LineEvidence evidence,
            Map<Venue, Backfill> venues,
            Function<Gap, CompletableFuture<Void>> ledger,
            IngestorCounters counters,
            ScheduledExecutorService scheduler,
            Clock clock) {
        return new LapseReview(evidence, venues, ledger, counters, scheduler, clock);
    }

    /** A lapse of which somebody else has seen to what is to be done. */
    void heard(Lapse lapse) {
        remember(lapse);
    }

    /** Completes, never exceptionally, when nothing more will be done about it. */
    CompletableFuture<@Nullable Void> take(Lapse lapse) {
        counters.increment(Count.LAPSES);
        remember(lapse);
        Pending taken = new Pending(lapse, System.nanoTime(), new CompletableFuture<>());
        if (pending.size() >= CAPACITY || !evidence.mayBeOf(lapse)) {
            decide(taken, true);
        } else {
            pending.add(taken);
        }
        return taken.done;
    }

    private void remember(Lapse lapse) {
        if (!judge.remember(lapse)) {
            counters.increment(Count.LAPSES_FORGOTTEN);
            log.atWarn()
                    .addKeyValue("stream", lapse.stream())
                    .log("too many lapses: another line's may be taken as carried in this one");
        }
    }

    private void look() {
        judge.forget(EpochMicros.of(clock.instant()));
        if (!pending.isEmpty() && !asking) {
            long before = System.nanoTime();
            CompletableFuture<Void> refreshed = evidence.refresh();
            asking = true; // not if that failed at once: then the next look asks again
            var _ =
                    refreshed.whenComplete(
                            (_, failure) -> decisions.post(() -> decide(before, failure)));
        }
    }

    /** Of what was pending when the other lines were asked. */
    private void decide(long askedNanos, @Nullable Throwable failure) {
        asking = false;
        if (failure != null) {
            log.atWarn()
                    .addKeyValue("reason", failure.toString())
                    .log("what the other lines carried cannot be read now");
        }
        long now = System.nanoTime();
        List<Pending> asked = new ArrayList<>();
        while (!pending.isEmpty() && pending.peek().sinceNanos - askedNanos <= 0) {
            asked.add(pending.remove());
        }
        for (Pending one : asked) {
            boolean last = now - one.sinceNanos >= DECIDED_WITHIN.toNanos();
            if (failure != null && !last) {
                pending.addFirst(one);
            } else {
                decide(one, last);
            }
        }
    }

    private void decide(Pending one, boolean last) {
        Lapse lapse = one.lapse;
        switch (judge.judge(lapse, evidence.of(lapse), last)) {
            case Verdict.NotYet() -> pending.addFirst(one);
            case Verdict.Nothing() -> {
                counters.increment(Count.CATCH_UPS_NEEDLESS);
                one.done.complete(null);
            }
            case Verdict.First() -> missing(one, Optional.empty(), List.of());
            case Verdict.Missing(List<Between> spans) ->
                    missing(one, Optional.of(spans.getFirst().from()), spans);
        }
    }

    private void missing(Pending one, Optional<EpochMicros> from, List<Between> spans) {
        List<CompletableFuture<?>> all = new ArrayList<>();
        Backfill venue = venues.get(one.lapse.stream().instrument().venue());
        if (venue != null) {
            all.add(venue.catchUp(one.lapse.stream(), from));
        }
        if (one.lapse.stream().kind() == EventKind.TICKERS && one.lapse.from().isPresent()) {
            spans.forEach(span -> all.add(written(TickerGaps.of(one.lapse, span))));
        }
        var _ =
                CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                        .thenRun(() -> one.done.complete(null));
    }

    /** Completes when it is in the ledger. */
    private CompletableFuture<@Nullable Void> written(Gap gap) {
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        write(gap, done);
        return done;
    }

    private void write(Gap gap, CompletableFuture<@Nullable Void> done) {
        var _ =
                ledger.apply(gap)
                        .whenComplete((_, failure) -> {
                            if (failure == null) {
                                counters.increment(Count.GAPS);
                                done.complete(null);
                            } else {
                                var _ = decisions.after(AFTER_FAILURE, () -> write(gap, done));
                            }
                        });
    }

    /** What is undecided is read again from the topic by whoever is next. */
    @Override
    public void close() {
        looking.close();
    }
}
