package io.tapeline.ingestor.publish;

import io.tapeline.ingestor.feed.EventKind;
import io.tapeline.ingestor.feed.IngestorCounters;
import io.tapeline.ingestor.feed.IngestorCounters.Count;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.proto.Gap;
import io.tapeline.schemas.proto.GapKind;
import io.tapeline.schemas.proto.GapOutcome;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes losses to the ledger of gaps once Kafka takes records again. An entry that cannot be
 * written goes back to the losses and is tried again, so that none is forgotten while this process
 * lives.
 *
 * <p>Lost depth updates and tickers are not repeated by the exchange; a book heals by a snapshot,
 * which its owner asks for. Lost candles can be fetched again: those entries stay open, and whoever
 * listens is told of them.
 */
final class GapWriter {

    private static final Logger log = LoggerFactory.getLogger(GapWriter.class);

    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final KafkaPublisher publisher;
    private final LossLedger losses;
    private final IngestorCounters counters;
    private final String instance;
    private final Clock clock;
    private final Consumer<Gap> refillable;
    private final AtomicLong sequence = new AtomicLong();

    /**
     * @param instance part of the entries' ids, which must differ between processes and restarts
     * @param refillable hears of each written entry that a fetch could fill
     */
    GapWriter(
            KafkaPublisher publisher,
            LossLedger losses,
            IngestorCounters counters,
            String instance,
            Clock clock,
            Consumer<Gap> refillable) {
        this.publisher = publisher;
        this.losses = losses;
        this.counters = counters;
        this.instance = instance;
        this.clock = clock;
        this.refillable = refillable;
    }

    /** Writes what has been quiet for a while. */
    void writeSettled() {
        write(QUIET);
    }

    /** Writes all there is: the last chance. */
    void writeAll() {
        write(Duration.ZERO);
    }

    private void write(Duration quiet) {
        for (LossLedger.Loss loss : losses.takeSettled(System.nanoTime(), quiet, LONGEST)) {
            write(loss);
        }
    }

    private void write(LossLedger.Loss loss) {
        Gap gap = gap(loss);
        CompletableFuture<Void> written =
                publisher.write(publisher.gaps(), gap.getInstrument(), gap);
        var _ =
                written.whenComplete((_, failure) -> {
                    if (failure != null) {
                        losses.lost(loss);
                        return;
                    }
                    counters.increment(Count.GAPS);
                    log.atWarn()
                            .addKeyValue("instrument", gap.getInstrument())
                            .addKeyValue("kind", loss.kind())
                            .addKeyValue("events", loss.events())
                            .addKeyValue("cause", loss.cause())
                            .log("events were lost on the way to Kafka");
                    if (gap.getOutcome() == GapOutcome.GAP_OUTCOME_OPEN) {
                        refillable.accept(gap);
                    }
                });
    }

    private Gap gap(LossLedger.Loss loss) {
        long now = EpochMicros.of(clock.instant()).value();
        boolean candles = loss.kind() == EventKind.KLINES;
        Gap.Builder gap =
                Gap.newBuilder()
                        .setId("ingestor/" + instance + "/" + sequence.incrementAndGet())
                        .setInstrument(loss.instrument().id())
                        .setKind(kind(loss.kind()))
                        .setCause(loss.cause() + ", " + loss.events() + " events")
                        .setFrom(loss.first())
                        .setTo(loss.last())
                        .setFoundUs(now);
        return candles
                ? gap.setOutcome(GapOutcome.GAP_OUTCOME_OPEN).build()
                : gap.setOutcome(GapOutcome.GAP_OUTCOME_UNFILLABLE)
                        .setHow("the exchange does not repeat it")
                        .setEndedUs(now)
                        .build();
    }

    private static GapKind kind(EventKind kind) {
        return switch (kind) {
            case DEPTH -> GapKind.GAP_KIND_DEPTH;
            case KLINES -> GapKind.GAP_KIND_CANDLES;
            case TICKERS -> GapKind.GAP_KIND_TICKERS;
            case PICTURES -> throw new IllegalStateException("pictures have no gaps");
        };
    }
}
