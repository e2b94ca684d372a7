package io.tapeline.ingestor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.exchange.SimulatedExchange;
import io.tapeline.exchange.SimulatorSettings;
import io.tapeline.exchange.Source;
import io.tapeline.ingestor.binance.BinanceLine;
import io.tapeline.ingestor.feed.IngestorCounters.Count;
import io.tapeline.ingestor.publish.ProducerSettings;
import io.tapeline.ingestor.resync.CatchUpSettings;
import io.tapeline.kafka.BrokerSettings;
import io.tapeline.kafka.EmbeddedBroker;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.Gap;
import io.tapeline.schemas.proto.GapKind;
import io.tapeline.schemas.proto.GapOutcome;
import io.tapeline.schemas.raw.RawRecord;
import io.tapeline.schemas.topic.Topic;
import io.tapeline.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker of its own that is away for longer than the buffer lasts, and comes back. */
class BufferExceededIT {

    private static final Source.Synthetic MARKET =
            Source.Synthetic.demo()
                    .withPairs(4)
                    .withEventsPerSecond(400)
                    .withBookLevels(100)
                    .withHistory(Duration.ofHours(2))
                    .withNonAsciiSymbol();
    private static final Pattern EVENTS = Pattern.compile(", (\\d+) events$");
    private static final String REFILLED = "rest/klines?interval=1m";

    @TempDir private Path data;

    @Test
    void whatTheBufferCouldNotHoldIsInTheLedgerAndLostCandlesAreFetchedAgain() throws Exception {
        try (EmbeddedBroker broker = new EmbeddedBroker(BrokerSettings.in(data))) {
            broker.start();
            Topics topics = new Topics("away.");
            Tape tape = new Tape(broker.bootstrap());
            SimulatedExchange exchange = SimulatedExchange.start(SimulatorSettings.of(MARKET));
            Ingestor ingestor = ingestor(broker.bootstrap(), exchange);
            try (ingestor;
                    exchange) {
                Await.until(
                        "streaming",
                        () ->
                                ingestor.lines().getFirst().phase() == BinanceLine.Phase.STREAMING
                                        && ingestor.counters().get(Count.PUBLISHED) > 500);
                broker.close();
                Await.until(
                        "the buffer is full",
                        () -> ingestor.counters().get(Count.DROPPED) > 500,
                        () -> ingestor.counters().snapshot());
                broker.start();
                exchange.close(); // the last events are on their way
                Await.until(
                        "everything is accounted for",
                        () ->
                                ingestor.counters().get(Count.DISCONNECTED) > 0
                                        && ingestor.counters().get(Count.PUBLISHED)
                                                        + ingestor.counters().get(Count.DROPPED)
                                                        + ingestor.counters().get(Count.FAILED)
                                                == ingestor.counters().get(Count.EVENTS),
                        () -> ingestor.counters().snapshot());
            }
            List<Gap> gaps = tape.values(topics.gaps());
            long lost =
                    ingestor.counters().get(Count.DROPPED) + ingestor.counters().get(Count.FAILED);
            assertThat(gaps.stream().mapToLong(BufferExceededIT::events).sum()).isEqualTo(lost);
            assertEachEventArrivedOrIsInAGap(exchange, tape, topics, gaps);
        }
    }

    @Test
    void lostCandlesAreFetchedAgainAndTheirEntriesClosed() throws Exception {
        try (EmbeddedBroker broker = new EmbeddedBroker(BrokerSettings.in(data))) {
            broker.start();
            Topics topics = new Topics("away.");
            Tape tape = new Tape(broker.bootstrap());
            try (SimulatedExchange exchange =
                            SimulatedExchange.start(SimulatorSettings.of(MARKET));
                    Ingestor ingestor = ingestor(broker.bootstrap(), exchange)) {
                Await.until(
                        "streaming",
                        () ->
                                ingestor.lines().getFirst().phase() == BinanceLine.Phase.STREAMING
                                        && ingestor.counters().get(Count.PUBLISHED) > 500);
                broker.close();
                Await.until(
                        "the buffer has been full for a while",
                        () -> ingestor.counters().get(Count.DROPPED) > 2_000,
                        () -> ingestor.counters().snapshot());
                broker.start();
                Await.until(
                        "every gap of candles is filled",
                        () -> {
                            Set<String> open = ids(tape, topics, GapOutcome.GAP_OUTCOME_OPEN);
                            return !open.isEmpty()
                                    && open.equals(
                                            ids(tape, topics, GapOutcome.GAP_OUTCOME_FILLED));
                        },
                        () -> tape.values(topics.gaps()));
            }
            Map<String, List<RawRecord>> klines = tape.raw(topics.rawKlines());
            List<RawRecord> refilled = klines.getOrDefault(REFILLED, List.of());
            assertThat(tape.values(topics.gaps()))
                    .filteredOn(gap -> gap.getOutcome() == GapOutcome.GAP_OUTCOME_FILLED)
                    .isNotEmpty()
                    .allSatisfy(gap ->
                            assertThat(refilled)
                                    .anyMatch(record ->
                                            record.instrument().id().equals(gap.getInstrument())
                                                    && text(record)
                                                            .startsWith(
                                                                    "["
                                                                            + gap.getFrom() / 1_000
                                                                            + ",")));
        }
    }

    private static Ingestor ingestor(String bootstrap, SimulatedExchange exchange)
            throws InterruptedException {
        BinanceSettings binance =
                BinanceSettings.of(
                                exchange.restUrl(),
                                exchange.wsUrl(),
                                List.of(),
                                List.of("kline_1m", "ticker", "depth@100ms"),
                                ExchangeTimeUnit.MILLISECONDS)
                        .withCatchUp(new CatchUpSettings(0, Duration.ofDays(1)));
        return Ingestor.start(
                IngestorSettings.local("away", bootstrap, Optional.of(binance))
                        .withTopics("away.", 2)
                        .withProducer(
                                ProducerSettings.ofDefaults(bootstrap)
                                        .withBuffer(128 << 10, 8 << 10)
                                        .withRequestWithin(Duration.ofSeconds(2))),
                Clock.systemUTC());
    }

    private static Set<String> ids(Tape tape, Topics topics, GapOutcome outcome) {
        Set<String> ids = new HashSet<>();
        tape.values(topics.gaps()).stream()
                .filter(gap -> gap.getKind() == GapKind.GAP_KIND_CANDLES)
                .filter(gap -> gap.getOutcome() == outcome)
                .forEach(gap -> ids.add(gap.getId()));
        return ids;
    }

    private static void assertEachEventArrivedOrIsInAGap(
            SimulatedExchange exchange, Tape tape, Topics topics, List<Gap> gaps) {
        for (String symbol : exchange.symbols()) {
            assertArrived(exchange, tape, topics.rawDepth(), symbol, "depth@100ms", gaps, "u");
            assertArrived(exchange, tape, topics.rawTickers(), symbol, "ticker", gaps, "E");
            assertArrived(exchange, tape, topics.rawKlines(), symbol, "kline_1m", gaps, "t");
        }
    }

    private static void assertArrived(
            SimulatedExchange exchange,
            Tape tape,
            Topic<byte[]> topic,
            String symbol,
            String type,
            List<Gap> gaps,
            String member) {
        String stream = symbol.toLowerCase(Locale.ROOT) + "@" + type;
        List<String> arrived =
                tape.raw(topic).getOrDefault(stream, List.of()).stream()
                        .map(BufferExceededIT::text)
                        .toList();
        List<String> sent =
                exchange.ledger().entries(stream).stream()
                        .map(entry -> new String(entry.payload(), StandardCharsets.UTF_8))
                        .toList();
        assertThat(sent).as(stream).containsSubsequence(arrived);
        Set<String> there = new HashSet<>(arrived);
        Pattern number = Pattern.compile("\"" + member + "\":(\\d+)");
        long scale = member.equals("u") ? 1 : 1_000;
        for (String payload : sent) {
            Matcher matcher = number.matcher(payload);
            assertThat(matcher.find()).isTrue();
            long at = Long.parseLong(matcher.group(1)) * scale;
            assertThat(
                            there.contains(payload)
                                    || gaps.stream()
                                            .anyMatch(gap ->
                                                    gap.getInstrument()
                                                                    .equals(
                                                                            Instrument.binance(
                                                                                            symbol)
                                                                                    .id())
                                                            && gap.getFrom() <= at
                                                            && at <= gap.getTo()))
                    .as("%s %s arrived, or is in %s", stream, payload, gaps)
                    .isTrue();
        }
    }

    /** Of a written entry; 0 of its second writing, when it is filled. */
    private static long events(Gap gap) {
        Matcher events = EVENTS.matcher(gap.getCause());
        return events.find() && gap.getOutcome() != GapOutcome.GAP_OUTCOME_FILLED
                ? Long.parseLong(events.group(1))
                : 0;
    }

    private static String text(RawRecord record) {
        return new String(record.payload(), StandardCharsets.UTF_8);
    }
}
