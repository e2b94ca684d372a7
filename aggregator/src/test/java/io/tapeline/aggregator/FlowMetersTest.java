package io.tapeline.aggregator;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tapeline.aggregator.line.LineFlow;
import io.tapeline.aggregator.line.LineKind;
import io.tapeline.aggregator.query.Restorations;
import io.tapeline.aggregator.topology.Flow;
import io.tapeline.aggregator.topology.FlowCounters;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.EpochNanos;
import io.tapeline.schemas.market.Venue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class FlowMetersTest {

    private final FlowCounters counters = new FlowCounters();
    private final Restorations restorations = new Restorations();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private double line(String name, String venue, String line, String kind) {
        return registry.get("tapeline.line." + name)
                .tags("venue", venue, "line", line, "kind", kind)
                .functionCounter()
                .count();
    }

    @Test
    void theFlowAndEachLineAreMetersLinesThatComeLaterToo() {
        counters.lines().of(Venue.BINANCE, "a", LineKind.DEPTH).count(LineFlow.MISSED_IDS, 7);
        new FlowMeters(counters, restorations).bindTo(registry);
        counters.count(Flow.DEPTH_RECEIVED);
        counters.lines().of(Venue.DERIBIT, "b", LineKind.TICKERS).count(LineFlow.FIRST);

        assertThat(registry.get("tapeline.aggregator.depth.received").functionCounter().count())
                .isEqualTo(1);
        assertThat(line("missed-ids", "binance", "a", "depth")).isEqualTo(7);
        assertThat(line("first", "deribit", "b", "tickers")).isEqualTo(1);
    }

    @Test
    void howFreshEachKindAndEachLineIsIsToldInSecondsSinceTheEpoch() {
        new FlowMeters(counters, restorations).bindTo(registry);
        counters.eventAt(LineKind.DEPTH, new EpochMicros(1_723_161_600_500_000L));
        counters.eventAt(LineKind.DEPTH, new EpochMicros(1_723_161_600_000_000L));
        counters.lines()
                .of(Venue.BINANCE, "a", LineKind.DEPTH)
                .receivedAt(new EpochNanos(1_723_161_601_000_000_000L));

        assertThat(timestamp("aggregator.newest.event", "kind", "depth"))
                .isEqualTo(1_723_161_600.5);
        assertThat(timestamp("aggregator.newest.event", "kind", "klines")).isZero();
        assertThat(timestamp("line.newest.received", "line", "a")).isEqualTo(1_723_161_601);
    }

    private double timestamp(String name, String tag, String value) {
        return registry.get("tapeline." + name + ".timestamp")
                .tags(tag, value)
                .timeGauge()
                .value(TimeUnit.SECONDS);
    }

    @Test
    void everyMeterTellsWhatItIs() {
        counters.alsoCount("feed.open", () -> 3);
        counters.lines().of(Venue.BINANCE, "a", LineKind.DEPTH);
        new FlowMeters(counters, restorations).bindTo(registry);

        assertThat(registry.getMeters())
                .allSatisfy(meter -> assertThat(meter.getId().getDescription()).isNotEmpty());
        assertThat(registry.get("tapeline.aggregator.feed.open").gauge().value()).isEqualTo(3);
    }

    @Test
    void whateverTheStatusCountsIsAMeter() {
        new FlowMeters(counters, restorations).bindTo(registry);
        restorations.onBatchRestored(new TopicPartition("changelog", 0), "books", 6, 7);
        counters.threadReplaced();

        assertThat(registry.getMeters())
                .extracting(meter -> meter.getId().getName().replace("tapeline.aggregator.", ""))
                .containsAll(counters.all().keySet())
                .contains(
                        "book-snapshots.damaged",
                        "restored.prices",
                        "restored.tickers",
                        "restored.candles");
        assertThat(count("restored.books")).isEqualTo(7);
        assertThat(count("threads.replaced")).isEqualTo(1);
        assertThat(count("book-snapshots.written")).isZero();
    }

    private double count(String name) {
        return registry.get("tapeline.aggregator." + name).functionCounter().count();
    }
}
