package io.tapeline.ingestor;

import io.tapeline.ingestor.resync.CatchUpSettings;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A process that takes part in the lines until it is killed. */
final class KilledIngestor {

    private KilledIngestor() {}

    /** Name, Kafka, topics' prefix, their partitions, REST, sockets, and the lines with commas. */
    public static void main(String[] arguments) throws Exception {
        List<String> lines = List.of(arguments[6].split(","));
        var _ =
                Ingestor.start(
                        settings(
                                arguments[0],
                                arguments[1],
                                arguments[2],
                                Integer.parseInt(arguments[3]),
                                URI.create(arguments[4]),
                                URI.create(arguments[5]),
                                lines),
                        Clock.systemUTC());
        new CountDownLatch(1).await();
    }

    static IngestorSettings settings(
            String name,
            String bootstrap,
            String prefix,
            int partitions,
            URI rest,
            URI sockets,
            List<String> lines) {
        BinanceSettings binance =
                BinanceSettings.of(
                                rest,
                                sockets,
                                List.of(),
                                List.of("kline_1m", "ticker", "depth@100ms"),
                                ExchangeTimeUnit.MILLISECONDS)
                        .withLines(lines)
                        .withRefreshEvery(Duration.ofSeconds(1))
                        .withCatchUp(new CatchUpSettings(10, Duration.ofSeconds(1)));
        return IngestorSettings.local(name, bootstrap, Optional.of(binance))
                .withTopics(prefix, partitions)
                .withShare(new ShareSettings(lines, Duration.ofSeconds(3), Duration.ofSeconds(6)));
    }
}
