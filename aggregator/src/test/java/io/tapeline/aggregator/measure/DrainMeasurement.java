package io.tapeline.aggregator.measure;

import io.tapeline.aggregator.Aggregator;
import io.tapeline.aggregator.AggregatorSettings;
import io.tapeline.aggregator.Await;
import io.tapeline.aggregator.Guarantee;
import io.tapeline.aggregator.RawFeed;
import io.tapeline.aggregator.topology.Flow;
import io.tapeline.kafka.BrokerSettings;
import io.tapeline.kafka.EmbeddedBroker;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.topic.TopicSetup;
import io.tapeline.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/**
 * How fast a backlog of raw depth goes through the aggregator: the recorded diffs under as many
 * symbols as told, broker and aggregator in this process. {@code java ... DrainMeasurement
 * [symbols] [guarantee]}
 */
final class DrainMeasurement {

    private static final int PARTITIONS = 6;

    private DrainMeasurement() {}

    public static void main(String[] args) throws Exception {
        int symbols = args.length > 0 ? Integer.parseInt(args[0]) : 30;
        Guarantee guarantee = args.length > 1 ? Guarantee.valueOf(args[1]) : Guarantee.EXACTLY_ONCE;
        Path directory = Files.createTempDirectory("tapeline-drain-");
        Topics topics = new Topics("drain.");
        try (EmbeddedBroker broker = new EmbeddedBroker(BrokerSettings.in(directory))) {
            broker.start();
            long total = feed(broker.bootstrap(), topics, symbols);
            AggregatorSettings settings =
                    AggregatorSettings.of(broker.bootstrap(), directory.resolve("data"))
                            .withTopics("drain.", PARTITIONS)
                            .withGuarantee(guarantee, Duration.ofMillis(100));
            try (Aggregator aggregator = Aggregator.start(settings)) {
                Await.untilTrue("begun", () -> received(aggregator) > total / 3);
                long from = received(aggregator);
                long start = System.nanoTime();
                Await.untilTrue("drained", () -> received(aggregator) >= total);
                double seconds = (System.nanoTime() - start) / 1e9;
                System.out.printf(
                        "%s: %.0f records/s over the last two thirds of %d; applied %d, lost %d%n",
                        guarantee,
                        (total - from) / seconds,
                        total,
                        aggregator.counters().of(Flow.DEPTH_APPLIED),
                        aggregator.counters().of(Flow.BOOKS_LOST));
            }
        }
    }

    private static long received(Aggregator aggregator) {
        return aggregator.counters().of(Flow.DEPTH_RECEIVED);
    }

    private static long feed(String bootstrap, Topics topics, int symbols) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            TopicSetup.ensure(admin, topics, PARTITIONS, (short) 1);
        }
        Recording recording = Recording.read();
        long total = 0;
        try (RawFeed feed = new RawFeed(bootstrap, topics)) {
            int i = 0;
            for (String diff : recording.diffs) {
                for (int symbol = 0; symbol < symbols; symbol++) {
                    String name = "SYM%04d".formatted(symbol);
                    Instrument instrument = Instrument.binance(name);
                    feed.depth(
                            instrument,
                            diff.replace("\"BTCUSDT\"", '"' + name + '"')
                                    .getBytes(StandardCharsets.UTF_8));
                    total++;
                    if (i == 2) {
                        feed.snapshot(
                                instrument, recording.snapshot.getBytes(StandardCharsets.UTF_8));
                        total++;
                    }
                }
                i++;
            }
            feed.flush();
        }
        return total;
    }
}
