package io.tapeline.ingestor.resync;

import io.tapeline.ingestor.connection.DecisionThread;
import io.tapeline.ingestor.feed.IngestorCounters;
import io.tapeline.ingestor.feed.IngestorCounters.Count;
import io.tapeline.ingestor.share.Lapse;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Venue;
import io.tapeline.schemas.proto.ResyncRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** Where the records of the resync topic go: urgent requests to the venue, lapses to the review. */
public final class ResyncIntake {

    /** Who asked urgently has asked again since, or needs it no more. */
    private static final Duration URGENT_FOR = Duration.ofMinutes(5);

    private static final Duration LAPSE_FOR = Duration.ofHours(1);

    private final Map<Venue, Backfill> venues;
    private final LapseReview review;
    private final IngestorCounters counters;
    private final DecisionThread decisions;
    private final Clock clock;

    /**
     * @param scheduler of one thread, on which lapses are reviewed
     */
    public ResyncIntake(
            Map<Venue, Backfill> venues,
            LapseReview review,
            IngestorCounters counters,
            ScheduledExecutorService scheduler,
            Clock clock) {
        this.venues = Map.copyOf(venues);
        this.review = review;
        this.counters = counters;
        this.decisions = new DecisionThread("resync intake", scheduler);
        this.clock = clock;
    }

    /**
     * Completes, never exceptionally, when nothing more will be done for it: then it need not be
     * read again after this process.
     *
     * @param written when it was written to the topic
     * @throws IllegalArgumentException if the request makes no sense, naming what is wrong
     */
    public CompletableFuture<@Nullable Void> take(ResyncRequest request, EpochMicros written) {
        long age = EpochMicros.of(clock.instant()).value() - written.value();
        Duration limit = request.getCatchUp() ? LAPSE_FOR : URGENT_FOR;
        if (age > limit.toNanos() / 1_000) {
            counters.increment(Count.RESYNCS_STALE);
            return CompletableFuture.completedFuture(null);
        }
        if (!request.getCatchUp()) {
            Backfill venue = venues.get(Instrument.parse(request.getInstrument()).venue());
            return venue == null ? CompletableFuture.completedFuture(null) : venue.serve(request);
        }
        Lapse lapse = LapseRequest.read(request);
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        decisions.post(() -> {
            var _ = review.take(lapse).whenComplete((_, _) -> done.complete(null));
        });
        return done;
    }

    /**
     * Takes note of a request that has been served.
     *
     * @throws IllegalArgumentException if the request makes no sense, naming what is wrong
     */
    public void heard(ResyncRequest request) {
        if (request.getCatchUp()) {
            Lapse lapse = LapseRequest.read(request);
            decisions.post(() -> review.heard(lapse));
        }
    }
}
