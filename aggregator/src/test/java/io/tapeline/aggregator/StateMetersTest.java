package io.tapeline.aggregator;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tapeline.schemas.proto.AggregatorStatus;
import io.tapeline.schemas.proto.BookCount;
import io.tapeline.schemas.proto.PartitionLag;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;

class StateMetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();
    private AggregatorStatus status = AggregatorStatus.getDefaultInstance();

    private final StateMeters.Sources sources =
            new StateMeters.Sources(
                    () -> KafkaStreams.State.REBALANCING,
                    () -> {
                        asked.incrementAndGet();
                        return status;
                    },
                    () -> 9,
                    Path.of("."),
                    nanos::get);

    private double gauge(String name, String tag, String value) {
        return registry.get("tapeline.aggregator." + name).tag(tag, value).gauge().value();
    }

    private static PartitionLag lag(String topic, int partition, long position, long end) {
        return PartitionLag.newBuilder()
                .setTopic(topic)
                .setPartition(partition)
                .setPosition(position)
                .setEnd(end)
                .build();
    }

    @Test
    void booksAreToldByStateAndLagByTopic() {
        status =
                AggregatorStatus.newBuilder()
                        .setPrices(12)
                        .addBooks(BookCount.newBuilder().setState("LIVE").setBooks(7))
                        .addBooks(BookCount.newBuilder().setState("STALE").setBooks(2))
                        .addLags(lag("t.raw.depth", 0, 10, 15))
                        .addLags(lag("t.raw.depth", 1, 10, 9))
                        .addLags(lag("t.raw.klines", 0, 1, 4))
                        .build();
        new StateMeters(sources, List.of("t.raw.depth", "t.raw.klines")).bindTo(registry);

        assertThat(gauge("books", "state", "live")).isEqualTo(7);
        assertThat(gauge("books", "state", "stale")).isEqualTo(2);
        assertThat(gauge("books", "state", "resyncing")).isZero();
        assertThat(gauge("input.lag.records", "topic", "t.raw.depth")).isEqualTo(5);
        assertThat(gauge("input.lag.records", "topic", "t.raw.klines")).isEqualTo(3);
        assertThat(registry.get("tapeline.aggregator.prices").gauge().value()).isEqualTo(12);
        assertThat(registry.get("tapeline.aggregator.restoring.records").gauge().value())
                .isEqualTo(9);
        assertThat(registry.get("tapeline.aggregator.disk.free").gauge().value()).isPositive();
        assertThat(registry.getMeters())
                .allSatisfy(meter -> assertThat(meter.getId().getDescription()).isNotEmpty());
    }

    @Test
    void aLagThatIsNotKnownIsNotNone() {
        new StateMeters(sources, List.of("t.raw.depth")).bindTo(registry);

        assertThat(gauge("input.lag.records", "topic", "t.raw.depth")).isNaN();
    }

    @Test
    void oneStateOfTheStreamsIsTheirs() {
        new StateMeters(sources, List.of()).bindTo(registry);

        assertThat(gauge("streams.state", "state", "rebalancing")).isEqualTo(1);
        assertThat(gauge("streams.state", "state", "running")).isZero();
    }

    @Test
    void aScrapeAsksForTheStatusOnce() {
        new StateMeters(sources, List.of()).bindTo(registry);
        gauge("books", "state", "live");
        gauge("books", "state", "stale");
        assertThat(asked).hasValue(1);

        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        gauge("books", "state", "live");
        assertThat(asked).hasValue(2);
    }
}
