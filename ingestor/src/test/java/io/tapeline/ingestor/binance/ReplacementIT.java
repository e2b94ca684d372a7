package io.tapeline.ingestor.binance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.exchange.Limits;
import io.tapeline.exchange.SimulatedExchange;
import io.tapeline.exchange.SimulatorSettings;
import io.tapeline.exchange.Source;
import io.tapeline.ingestor.Await;
import io.tapeline.ingestor.feed.IngestorCounters.Count;
import io.tapeline.ingestor.share.Interruption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplacementIT {

    private static final int REPLACEMENTS = 50;
    private static final List<String> STREAMS = List.of("kline_1m", "ticker", "depth@100ms");

    /** A day of the exchange in three seconds: six connections, each replaced every two. */
    @Test
    void fiftyReplacementsBeforeTheExchangeCutsLoseNoEvent() throws Exception {
        SimulatorSettings shortLived =
                SimulatorSettings.of(
                                Source.Synthetic.demo()
                                        .withPairs(10)
                                        .withEventsPerSecond(800)
                                        .withBookLevels(100)
                                        .withHistory(Duration.ofHours(1))
                                        .withNonAsciiSymbol())
                        .withLimits(Limits.real().withLifetime(Duration.ofSeconds(3)));
        try (SimulatedExchange exchange = SimulatedExchange.start(shortLived);
                LineHarness harness = new LineHarness()) {
            LineSettings settings =
                    LineHarness.replacedAfter(
                            LineHarness.settings(exchange.wsUrl(), STREAMS, 5),
                            Duration.ofSeconds(2),
                            Duration.ofMillis(300));
            BinanceLine line = harness.line("a", settings);
            line.follow(LineHarness.instruments(exchange));
            Await.until(
                    "replaced " + REPLACEMENTS + " times",
                    () -> harness.counters.get(Count.REPLACED) >= REPLACEMENTS,
                    harness.counters::snapshot);
            Await.until(
                    "everything is there",
                    () -> harness.missing(exchange.ledger()).isEmpty(),
                    () -> harness.missing(exchange.ledger()));
            assertThat(harness.counters.get(Count.DISCONNECTED)).isZero();
            assertThat(harness.counters.get(Count.MALFORMED)).isZero();
            assertThat(harness.told)
                    .extracting(LineHarness.Told::interruption)
                    .containsOnly(Interruption.START);
            assertThat(harness.told.stream().mapToInt(told -> told.streams().size()).sum())
                    .isEqualTo(line.state().wanted());
        }
    }
}
