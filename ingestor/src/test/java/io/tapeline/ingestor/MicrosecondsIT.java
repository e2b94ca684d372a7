package io.tapeline.ingestor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.exchange.SimulatedExchange;
import io.tapeline.exchange.SimulatorSettings;
import io.tapeline.exchange.Source;
import io.tapeline.ingestor.binance.BinanceLine;
import io.tapeline.ingestor.feed.IngestorCounters.Count;
import io.tapeline.ingestor.resync.CatchUpSettings;
import io.tapeline.kafka.test.KafkaCluster;
import io.tapeline.kafka.test.KafkaTest;
import io.tapeline.schemas.binance.BinanceKlines;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.raw.RawRecord;
import io.tapeline.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** {@code timeUnit=MICROSECOND} from the exchange to the topics (EXCHANGES.md A.2). */
@KafkaTest
class MicrosecondsIT {

    private final KafkaCluster kafka;

    MicrosecondsIT(KafkaCluster kafka) {
        this.kafka = kafka;
    }

    @Test
    void timesInMicrosecondsArriveVerbatimAndTheRecordSaysSo() throws Exception {
        String prefix = kafka.uniquePrefix();
        Topics topics = new Topics(prefix);
        Tape tape = new Tape(kafka.bootstrap());
        SimulatedExchange exchange =
                SimulatedExchange.start(
                        SimulatorSettings.of(
                                Source.Synthetic.demo()
                                        .withPairs(3)
                                        .withEventsPerSecond(100)
                                        .withBookLevels(50)
                                        .withHistory(Duration.ofHours(1))
                                        .withNonAsciiSymbol()));
        BinanceSettings binance =
                BinanceSettings.of(
                                exchange.restUrl(),
                                exchange.wsUrl(),
                                List.of(),
                                List.of("kline_1m", "depth@100ms"),
                                ExchangeTimeUnit.MICROSECONDS)
                        .withCatchUp(new CatchUpSettings(10, Duration.ZERO));
        Ingestor ingestor =
                Ingestor.start(
                        IngestorSettings.local("us", kafka.bootstrap(), Optional.of(binance))
                                .withTopics(prefix, 2),
                        Clock.systemUTC());
        try (ingestor) {
            Await.until(
                    "streams and answers",
                    () ->
                            ingestor.lines().getFirst().phase() == BinanceLine.Phase.STREAMING
                                    && ingestor.counters().get(Count.PUBLISHED) > 300
                                    && ingestor.counters().get(Count.CATCH_UPS) >= 6,
                    () -> ingestor.counters().snapshot());
            exchange.close();
            Await.until(
                    "the connection's end is seen",
                    () -> ingestor.counters().get(Count.DISCONNECTED) > 0);
        }
        Map<String, List<RawRecord>> klines = tape.raw(topics.rawKlines());
        Map<String, List<RawRecord>> depth = tape.raw(topics.rawDepth());
        for (String symbol : exchange.symbols()) {
            String stream = symbol.toLowerCase(Locale.ROOT) + "@depth@100ms";
            assertThat(depth.get(stream))
                    .isNotEmpty()
                    .extracting(MicrosecondsIT::text)
                    .isEqualTo(
                            exchange.ledger().entries(stream).stream()
                                    .map(e -> new String(e.payload(), StandardCharsets.UTF_8))
                                    .map(MicrosecondsIT::inMicroseconds)
                                    .toList());
        }
        assertThat(klines.values().stream().flatMap(List::stream))
                .isNotEmpty()
                .allMatch(record -> record.unit() == ExchangeTimeUnit.MICROSECONDS);
        List<RawRecord> fetched = klines.getOrDefault("rest/klines?interval=1m", List.of());
        assertThat(fetched).hasSize(3 * 9);
        Instant now = Clock.systemUTC().instant();
        for (RawRecord record : fetched) {
            Candle candle = BinanceKlines.decode(record);
            assertThat(candle.openTime().toInstant())
                    .isBetween(now.minus(Duration.ofMinutes(30)), now);
            assertThat(text(record)).startsWith("[" + candle.openTime().value() + ",");
        }
        // Symbols beyond ASCII are percent-encoded in addresses.
        assertThat(exchange.requests().entries())
                .extracting(entry -> entry.target())
                .allMatch(target -> target.chars().allMatch(c -> c < 128))
                .anyMatch(target -> target.contains("klines?symbol=%"));
    }

    /** The simulator's ledger holds milliseconds; its depth events are made on the full one. */
    private static String inMicroseconds(String depthUpdate) {
        return depthUpdate.replaceFirst("\"E\":(?<time>\\d+)", "\"E\":${time}000");
    }

    private static String text(RawRecord record) {
        return new String(record.payload(), StandardCharsets.UTF_8);
    }
}
