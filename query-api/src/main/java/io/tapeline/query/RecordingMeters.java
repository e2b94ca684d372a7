package io.tapeline.query;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tapeline.query.consume.Readers;
import io.tapeline.query.record.RecordingCounts;
import io.tapeline.query.web.RecordingState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** How the recording of the history goes: what is written, how large, how fast, how late. */
final class RecordingMeters implements MeterBinder {

    private static final long MILLIS_PER_SECOND = 1_000;
    private static final Duration[] WRITES = {
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30)
    };
    private static final Duration[] DELAYS = {
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofMinutes(1),
        Duration.ofMinutes(10),
        Duration.ofHours(1)
    };

    private final RecordingCounts counts;
    private final Readers readers;
    private final Path dataDir;

    RecordingMeters(RecordingCounts counts, Readers readers, Path dataDir) {
        this.counts = counts;
        this.readers = readers;
        this.dataDir = dataDir;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        counters(registry);
        states(registry);
        batches(registry);
    }

    private void counters(MeterRegistry registry) {
        new Named<>(registry, "tapeline.history.", counts)
                .count(
                        "records",
                        RecordingCounts::read,
                        "Records of clean topics that were taken in, each of one of the kinds")
                .count(
                        "candles",
                        RecordingCounts::candles,
                        "Closed candles written, with those that were there already")
                .count(
                        "open.candles",
                        RecordingCounts::open,
                        "Candles that were not closed yet and are no history")
                .count("prices", RecordingCounts::prices, "Prices written")
                .count(
                        "tickers",
                        RecordingCounts::tickers,
                        "24 hour statistics written: the first of each minute and instrument")
                .count(
                        "tickers.passed.over",
                        RecordingCounts::passedOver,
                        "Further 24 hour statistics of a minute, which are not kept")
                .count("instruments", RecordingCounts::instruments, "States of instruments written")
                .count("gaps", RecordingCounts::gaps, "Entries of the ledger of gaps written")
                .count(
                        "dead.letters",
                        RecordingCounts::dead,
                        "Records that could not be decoded or held and went to the dead letters")
                .count(
                        "tombstones",
                        RecordingCounts::tombstones,
                        "Records that say that there is no latest value")
                .count("batches", RecordingCounts::batches, "Batches written")
                .count(
                        "failures",
                        RecordingCounts::failures,
                        "Times that a batch was not written and had to be tried again")
                .count(
                        "missed",
                        RecordingCounts::missed,
                        "Offsets that a topic no longer had when recording wanted to go on: lost")
                .gauge(
                        "newest.record.timestamp",
                        "seconds",
                        now -> now.newestRecordMillis() / (double) MILLIS_PER_SECOND,
                        "When the newest record in the history was made, since the epoch; 0: none"
                                + " since the start");
    }

    private void states(MeterRegistry registry) {
        Named<RecordingMeters> named = new Named<>(registry, "tapeline.history.", this);
        for (String state : List.of("RECORDING", "WAITING", "FAILING", "FAILED")) {
            named.gauge(
                    "state",
                    "state",
                    state.toLowerCase(Locale.ROOT),
                    of -> RecordingState.of(of.readers, of.counts).state().equals(state) ? 1 : 0,
                    "1 for the state that recording is in, 0 for the others");
        }
        named.gauge(
                        "lag.records",
                        of -> of.readers.lag("history"),
                        "Records that the partition farthest behind has still to give; NaN: not"
                                + " known")
                .gauge(
                        "disk.free",
                        "bytes",
                        of -> of.dataDir.toFile().getUsableSpace(),
                        "Room on the disk of the data directory");
    }

    private void batches(MeterRegistry registry) {
        DistributionSummary sizes =
                DistributionSummary.builder("tapeline.history.batch.records")
                        .description("Records of a write")
                        .serviceLevelObjectives(1, 10, 100, 1_000, 5_000, 10_000, 50_000)
                        .register(registry);
        Timer writes =
                Timer.builder("tapeline.history.write.duration")
                        .description("How long writes take")
                        .serviceLevelObjectives(WRITES)
                        .register(registry);
        Timer delays =
                Timer.builder("tapeline.history.delay")
                        .description(
                                "From when the oldest record of a write was received to when it was"
                                        + " in the history")
                        .serviceLevelObjectives(DELAYS)
                        .register(registry);
        counts.tellOfBatches(batch -> {
            sizes.record(batch.records());
            writes.record(batch.took());
            delays.record(batch.delay());
        });
    }
}
