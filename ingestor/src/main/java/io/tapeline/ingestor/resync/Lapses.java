package io.tapeline.ingestor.resync;

import io.tapeline.ingestor.connection.DecisionThread;
import io.tapeline.ingestor.feed.IngestorCounters;
import io.tapeline.ingestor.feed.IngestorCounters.Count;
import io.tapeline.ingestor.share.Interruption;
import io.tapeline.ingestor.share.InterruptionListener;
import io.tapeline.ingestor.share.Lapse;
import io.tapeline.ingestor.share.LineShare;
import io.tapeline.ingestor.share.StreamKey;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.ResyncRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what a line did not carry to the process that fetches for the instrument, by the resync
 * topic: there it waits until it is served, even if that process dies. All is done on the
 * scheduler's single thread.
 */
public final class Lapses implements InterruptionListener {

    private static final Logger log = LoggerFactory.getLogger(Lapses.class);

    /** Five kinds of stream of every pair, on two lines, each told for two reasons. */
    private static final int CAPACITY = 65_536;

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);

    private final Map<String, LineShare> lines;
    private final Function<Instrument, Optional<EpochMicros>> streamedSince;
    private final Function<ResyncRequest, CompletableFuture<Void>> topic;
    private final IngestorCounters counters;
    private final DecisionThread decisions;
    private final Clock clock;
    private final UntoldLapses untold = new UntoldLapses(CAPACITY);

    /**
     * @param lines by their names
     * @param streamedSince since when the installation is to stream an instrument
     * @param topic writes a request
     */
    public Lapses(
            Map<String, LineShare> lines,
            Function<Instrument, Optional<EpochMicros>> streamedSince,
            Function<ResyncRequest, CompletableFuture<Void>> topic,
            IngestorCounters counters,
            ScheduledExecutorService scheduler,
            Clock clock) {
        this.lines = Map.copyOf(lines);
        this.streamedSince = streamedSince;
        this.topic = topic;
        this.counters = counters;
        this.decisions = new DecisionThread("lapses", scheduler);
        this.clock = clock;
    }

    @Override
    public void carries(String line, List<StreamKey> streams, Interruption interruption) {
        streams.forEach(
                stream -> carries(line, stream, interruption.carriedUntil(), interruption.cause()));
    }

    private void carries(
            String line, StreamKey stream, Optional<EpochMicros> carriedUntil, String cause) {
        EpochMicros now = EpochMicros.of(clock.instant());
        if (carriedUntil.isPresent()) {
            tell(new Lapse(line, stream, earlier(carriedUntil.get(), now), now, cause));
            return;
        }
        Optional<EpochMicros> others = carriedByOthers(line, stream.instrument());
        if (others.isEmpty()) {
            tell(new Lapse(line, stream, Optional.empty(), now, cause));
        } else if (now.isAfter(others.get())) {
            tell(new Lapse(line, stream, others, now, "no owner"));
        } else {
            // Who had it before has carried it on until now: nothing is missing.
            counters.increment(Count.CATCH_UPS_NEEDLESS);
        }
    }

    private static Optional<EpochMicros> earlier(EpochMicros one, EpochMicros other) {
        return Optional.of(one.isAfter(other) ? other : one);
    }

    /** Until when; nobody did if the installation streams the instrument since later only. */
    private Optional<EpochMicros> carriedByOthers(String line, Instrument instrument) {
        Optional<EpochMicros> since = streamedSince.apply(instrument);
        return Optional.ofNullable(lines.get(line))
                .flatMap(share -> share.carriedBefore(instrument))
                .filter(until -> since.isPresent() && !since.get().isAfter(until));
    }

    private void tell(Lapse lapse) {
        switch (untold.add(lapse)) {
            case TELL -> write(lapse);
            case MERGED -> {}
            case FULL -> {
                counters.increment(Count.CATCH_UPS_DROPPED);
                log.atWarn()
                        .addKeyValue("line", lapse.line())
                        .addKeyValue("stream", lapse.stream())
                        .log("too many lapses wait for Kafka: this one is not told");
            }
        }
    }

    private void write(Lapse lapse) {
        var _ =
                topic.apply(LapseRequest.of(lapse))
                        .whenComplete((_, failure) ->
                                decisions.post(() -> written(lapse, failure != null)));
    }

    private void written(Lapse lapse, boolean failed) {
        if (failed) {
            var _ = decisions.after(AFTER_FAILURE, () -> write(untold.again(lapse)));
            return;
        }
        Lapse next = untold.told(lapse);
        if (next != null) {
            write(next);
        }
    }
}
