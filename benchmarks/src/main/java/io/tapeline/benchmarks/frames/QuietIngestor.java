package io.tapeline.benchmarks.frames;

import io.tapeline.exchange.SimulatedExchange;
import io.tapeline.ingestor.BinanceSettings;
import io.tapeline.ingestor.IngestorSettings;
import io.tapeline.ingestor.resync.CatchUpSettings;
import io.tapeline.ingestor.watchdog.WatchdogSettings;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Settings of an ingestor that takes its frames from a {@link FrameServer} and asks nobody. */
public final class QuietIngestor {

    private static final Duration NEVER = Duration.ofHours(12);
    private static final Pattern ASCII = Pattern.compile("[A-Z0-9]+");

    private QuietIngestor() {}

    /**
     * The symbols that trade, in the order in which the exchange lists them, those beyond ASCII
     * left out.
     */
    public static List<String> trading(SimulatedExchange exchange)
            throws IOException, InterruptedException {
        return ListedPairs.trading(exchange).stream()
                .filter(symbol -> ASCII.matcher(symbol).matches())
                .toList();
    }

    /**
     * Silence is in no doubt, and nothing is fetched when a stream is subscribed: what is measured
     * comes over the socket.
     */
    public static IngestorSettings settings(
            String bootstrap,
            String topicPrefix,
            int partitions,
            URI restUrl,
            URI wsUrl,
            List<String> symbols,
            List<String> streams,
            ExchangeTimeUnit unit) {
        BinanceSettings usual = BinanceSettings.of(restUrl, wsUrl, symbols, streams, unit);
        BinanceSettings quiet =
                new BinanceSettings(
                        usual.rest(),
                        usual.line(),
                        new WatchdogSettings(
                                Duration.ofSeconds(1),
                                1_000,
                                NEVER,
                                NEVER,
                                NEVER,
                                Duration.ofSeconds(3),
                                1,
                                5),
                        usual.lines(),
                        usual.selection(),
                        usual.depthLimit(),
                        new CatchUpSettings(0, NEVER),
                        NEVER,
                        usual.attemptsPerFiveMinutes(),
                        usual.maxMessageBytes(),
                        NEVER);
        return IngestorSettings.local("bench", bootstrap, Optional.of(quiet))
                .withTopics(topicPrefix, partitions);
    }
}
