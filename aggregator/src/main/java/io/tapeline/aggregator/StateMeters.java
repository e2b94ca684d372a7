package io.tapeline.aggregator;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tapeline.schemas.proto.AggregatorStatus;
import io.tapeline.schemas.proto.BookCount;
import io.tapeline.schemas.proto.PartitionLag;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;

/**
 * How the instance stands, as meters: its streams, its books by state, how far the group is behind,
 * what is left to restore, and the room on the disk of its state.
 */
final class StateMeters implements MeterBinder {

    private static final String PREFIX = "tapeline.aggregator.";
    private static final List<String> BOOK_STATES = List.of("LIVE", "RESYNCING", "STALE");

    /** A scrape asks several times for what asks every book. */
    private static final long SAME_SCRAPE_NANOS = Duration.ofMillis(500).toNanos();

    private final Sources sources;
    private final List<String> inputs;

    /** What gauges ask; kept by the binder, for gauges do not keep it. */
    static final class Sources {

        private final Supplier<KafkaStreams.State> state;
        private final Supplier<AggregatorStatus> status;
        private final LongSupplier restoring;
        private final Path dataDir;
        private final LongSupplier nanoTime;
        private @Nullable AggregatorStatus newest;
        private long askedNanos;

        Sources(
                Supplier<KafkaStreams.State> state,
                Supplier<AggregatorStatus> status,
                LongSupplier restoring,
                Path dataDir,
                LongSupplier nanoTime) {
            this.state = state;
            this.status = status;
            this.restoring = restoring;
            this.dataDir = dataDir;
            this.nanoTime = nanoTime;
        }

        private synchronized AggregatorStatus status() {
            AggregatorStatus known = newest;
            long now = nanoTime.getAsLong();
            if (known == null || now - askedNanos > SAME_SCRAPE_NANOS) {
                known = status.get();
                newest = known;
                askedNanos = now;
            }
            return known;
        }
    }

    /**
     * @param inputs the topics that are worked on
     */
    StateMeters(Sources sources, List<String> inputs) {
        this.sources = sources;
        this.inputs = inputs;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (KafkaStreams.State state : KafkaStreams.State.values()) {
            gauge(
                    registry,
                    "streams.state",
                    "1 for the state that the streams are in, 0 for the others",
                    "state",
                    state.name().toLowerCase(Locale.ROOT),
                    of -> of.state.get() == state ? 1 : 0);
        }
        for (String state : BOOK_STATES) {
            gauge(
                    registry,
                    "books",
                    "Books of the partitions that this instance works on, by state",
                    "state",
                    state.toLowerCase(Locale.ROOT),
                    of -> books(of.status(), state));
        }
        for (String topic : inputs) {
            gauge(
                    registry,
                    "input.lag.records",
                    "Records that the whole group has still to work on; NaN until it is known",
                    "topic",
                    topic,
                    of -> lag(of.status(), topic));
        }
        Gauge.builder(PREFIX + "prices", sources, of -> of.status().getPrices())
                .description("Latest prices of the partitions that this instance works on")
                .register(registry);
        Gauge.builder(PREFIX + "restoring.records", sources, of -> of.restoring.getAsLong())
                .description("Records of changelogs that restorations have still to read")
                .register(registry);
        Gauge.builder(PREFIX + "disk.free", sources, of -> of.dataDir.toFile().getUsableSpace())
                .baseUnit("bytes")
                .description("Room on the disk of the local state")
                .register(registry);
    }

    private void gauge(
            MeterRegistry registry,
            String name,
            String description,
            String tag,
            String value,
            ToDoubleFunction<Sources> now) {
        Gauge.builder(PREFIX + name, sources, now)
                .description(description)
                .tag(tag, value)
                .register(registry);
    }

    private static double books(AggregatorStatus status, String state) {
        return status.getBooksList().stream()
                .filter(count -> count.getState().equals(state))
                .mapToLong(BookCount::getBooks)
                .sum();
    }

    private static double lag(AggregatorStatus status, String topic) {
        if (status.getLagsList().isEmpty()) {
            return Double.NaN;
        }
        return status.getLagsList().stream()
                .filter(lag -> lag.getTopic().equals(topic))
                .mapToLong(StateMeters::lag)
                .sum();
    }

    private static long lag(PartitionLag partition) {
        return Math.max(0, partition.getEnd() - partition.getPosition());
    }
}
