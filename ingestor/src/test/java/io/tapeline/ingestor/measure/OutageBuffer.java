package io.tapeline.ingestor.measure;

import io.tapeline.exchange.SimulatedExchange;
import io.tapeline.exchange.SimulatorSettings;
import io.tapeline.exchange.Source;
import io.tapeline.ingestor.Await;
import io.tapeline.ingestor.BinanceSettings;
import io.tapeline.ingestor.Ingestor;
import io.tapeline.ingestor.IngestorSettings;
import io.tapeline.ingestor.feed.IngestorCounters.Count;
import io.tapeline.ingestor.resync.CatchUpSettings;
import io.tapeline.kafka.BrokerSettings;
import io.tapeline.kafka.EmbeddedBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What an absent Kafka costs of the producer's buffer: a seeded market of 1,500 pairs, streamed;
 * then the broker is stopped, and the buffer watched. {@code main [seconds] [orders a second]}.
 */
final class OutageBuffer {

    private static final int WARM_UP_SECONDS = 20;

    private OutageBuffer() {}

    public static void main(String[] arguments) throws Exception {
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 30;
        int orders = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_500;
        Path data = Files.createTempDirectory("outage-buffer");
        Source market =
                Source.Synthetic.demo()
                        .withPairs(1_500)
                        .withEventsPerSecond(orders)
                        .withBookLevels(100)
                        .withHistory(Duration.ofHours(1));
        try (EmbeddedBroker broker = new EmbeddedBroker(BrokerSettings.in(data));
                SimulatedExchange exchange =
                        SimulatedExchange.start(SimulatorSettings.of(market))) {
            broker.start();
            BinanceSettings binance =
                    BinanceSettings.ofDefaults(exchange.restUrl(), exchange.wsUrl(), List.of())
                            .withCatchUp(new CatchUpSettings(0, Duration.ofDays(1)));
            IngestorSettings settings =
                    IngestorSettings.local("outage", broker.bootstrap(), Optional.of(binance));
            try (Ingestor ingestor = Ingestor.start(settings, Clock.systemUTC())) {
                Await.until(
                        "subscribed", () -> ingestor.lines().getFirst().subscribed() >= 3 * 1_500);
                TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
                broker.close();
                watch(ingestor, seconds);
                broker.start();
                Await.until(
                        "all is acknowledged",
                        () ->
                                ingestor.buffer().freeBytes()
                                        >= ingestor.buffer().totalBytes() * 9 / 10,
                        () -> ingestor.counters().snapshot());
                System.out.println(ingestor.counters().snapshot());
            }
        }
    }

    private static void watch(Ingestor ingestor, int seconds) throws InterruptedException {
        long events = ingestor.counters().get(Count.EVENTS);
        long bytes = ingestor.counters().get(Count.EVENT_BYTES);
        long free = ingestor.buffer().freeBytes();
        for (int second = 5; second <= seconds; second += 5) {
            TimeUnit.SECONDS.sleep(5);
            long more = ingestor.counters().get(Count.EVENTS) - events;
            long moreBytes = ingestor.counters().get(Count.EVENT_BYTES) - bytes;
            long used = free - ingestor.buffer().freeBytes();
            System.out.printf(
                    "%d s: %d events (%d/s) of %d bytes each; buffer %.1f MB, %.0f bytes an event;"
                            + " a minute of 3,000/s: %.0f MB%n",
                    second,
                    more,
                    more / second,
                    moreBytes / Math.max(1, more),
                    used / 1e6,
                    (double) used / more,
                    (double) used / more * 180_000 / 1e6);
        }
    }
}
