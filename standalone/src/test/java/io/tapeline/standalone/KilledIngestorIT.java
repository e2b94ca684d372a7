package io.tapeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.aggregator.Aggregator;
import io.tapeline.aggregator.AggregatorSettings;
import io.tapeline.chaos.judge.CleanTape;
import io.tapeline.chaos.judge.RawTape;
import io.tapeline.chaos.judge.SentAndKept;
import io.tapeline.exchange.SimulatedExchange;
import io.tapeline.exchange.SimulatorSettings;
import io.tapeline.exchange.Source;
import io.tapeline.kafka.test.KafkaCluster;
import io.tapeline.kafka.test.KafkaTest;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Venue;
import io.tapeline.schemas.proto.Gap;
import io.tapeline.schemas.proto.GapKind;
import io.tapeline.schemas.proto.GapOutcome;
import io.tapeline.schemas.topic.TopicSetup;
import io.tapeline.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two ingestors, processes of their own, share a market on one line; one is killed under load.
 * There is a hole, and the ledger of gaps says so. With two lines nothing is missing: the chaos
 * suite proves that.
 */
@KafkaTest
class KilledIngestorIT {

    private static final int PAIRS = 24;
    private static final int EVENTS_PER_SECOND = 600;
    private static final int PARTITIONS = 6;
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration SESSION = Duration.ofSeconds(6);
    private static final List<String> TYPES = List.of("kline_1s", "ticker", "depth@100ms");

    @TempDir Path dir;

    private final KafkaCluster kafka;

    KilledIngestorIT(KafkaCluster kafka) {
        this.kafka = kafka;
    }

    @Test
    void with_one_line_the_hole_is_in_the_ledger_and_what_can_be_filled_is_filled()
            throws Exception {
        try (Market market = new Market(List.of("a"))) {
            Set<String> orphaned = market.killOneUnderLoad();

            market.judgeTheTape();
            Collection<Gap> gaps = market.holesSinceTheKill();
            assertThat(instruments(gaps, GapKind.GAP_KIND_TICKERS))
                    .as(
                            "instruments whose tickers have a hole; killed at %s: %s",
                            market.killedMicros, gaps)
                    .isEqualTo(orphaned);
            assertThat(gaps)
                    .filteredOn(gap -> gap.getKind() == GapKind.GAP_KIND_TICKERS)
                    .allSatisfy(gap -> {
                        assertThat(gap.getOutcome()).isEqualTo(GapOutcome.GAP_OUTCOME_UNFILLABLE);
                        assertThat(gap.getCause()).isNotEmpty();
                        assertThat(gap.getFrom()).isLessThanOrEqualTo(market.killedMicros);
                        assertThat(gap.getTo()).isGreaterThan(market.killedMicros);
                    });
            assertThat(gaps)
                    .filteredOn(gap -> gap.getKind() != GapKind.GAP_KIND_TICKERS)
                    .as("holes of books and candles")
                    .isNotEmpty()
                    .extracting(Gap::getOutcome)
                    .containsOnly(GapOutcome.GAP_OUTCOME_FILLED);
        }
    }

    private static Set<String> instruments(Collection<Gap> gaps, GapKind kind) {
        return gaps.stream()
                .filter(gap -> gap.getKind() == kind)
                .map(Gap::getInstrument)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("not within " + PATIENCE + ": " + what);
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    /** An exchange, two ingestors, an aggregator, and those who judge. */
    private final class Market implements AutoCloseable {

        private final long seed = System.nanoTime();
        private final String prefix = kafka.uniquePrefix();
        private final Topics topics = new Topics(prefix);
        private final List<String> lines;
        private final SimulatedExchange exchange;
        private final List<Instrument> instruments;
        private final Aggregator aggregator;
        private final SentAndKept judge;
        private final CleanTape clean;
        private final List<IngestorProcess> ingestors = new ArrayList<>();
        private long killedMicros;

        Market(List<String> lines) throws Exception {
            System.out.println("seed " + seed);
            this.lines = lines;
            exchange =
                    SimulatedExchange.start(
                            SimulatorSettings.of(
                                    Source.Synthetic.demo()
                                            .withPairs(PAIRS)
                                            .withSeed(seed)
                                            .withBookLevels(200)
                                            .withEventsPerSecond(EVENTS_PER_SECOND)));
            instruments =
                    exchange.symbols().stream()
                            .map(symbol -> new Instrument(Venue.BINANCE, symbol))
                            .toList();
            TopicSetup.ensure(kafka.admin(), topics, PARTITIONS, (short) 1);
            aggregator =
                    Aggregator.start(
                            AggregatorSettings.of(kafka.bootstrap(), dir.resolve("state" + seed))
                                    .withTopics(prefix, PARTITIONS));
            judge = new SentAndKept(exchange, kafka.bootstrap(), topics);
            clean = new CleanTape(exchange, kafka.bootstrap(), topics);
            for (String instance : List.of("one", "two")) {
                ingestors.add(
                        IngestorProcess.start(
                                instance,
                                kafka.bootstrap(),
                                exchange,
                                Map.of(
                                        "tapeline.kafka.topic-prefix",
                                        prefix,
                                        "tapeline.kafka.partitions",
                                        "" + PARTITIONS,
                                        "tapeline.ingestor.lines",
                                        String.join(",", lines),
                                        "tapeline.ingestor.session-timeout",
                                        SESSION.toSeconds() + "s",
                                        "tapeline.binance.streams",
                                        String.join(",", TYPES))));
            }
        }

        /**
         * @return the instruments of which no process has a line any more
         */
        Set<String> killOneUnderLoad() throws Exception {
            await(
                    "every stream on every line",
                    () -> {
                        judge.tape().update();
                        return streamsSince(0) == wanted();
                    });
            // Of what came before a book's first snapshot nothing is missed.
            await(
                    "every book",
                    () -> {
                        clean.update();
                        return clean.resets().stream().distinct().count() >= PAIRS;
                    });
            LockSupport.parkNanos(
                    Duration.ofMillis(2_000 + new Random(seed).nextInt(3_000)).toNanos());
            long before = System.currentTimeMillis() * 1_000_000;
            ingestors.getFirst().kill();
            long dead = System.currentTimeMillis() * 1_000_000;
            killedMicros = dead / 1_000;
            Map<String, Long> resumed = new HashMap<>();
            Set<String> silent = new TreeSet<>();
            await(
                    "every stream on every line again",
                    () -> {
                        for (ConsumerRecord<String, byte[]> entry : judge.tape().update()) {
                            long received = RawTape.receivedNanos(entry);
                            if (received > dead && !RawTape.header(entry, "line").equals("rest")) {
                                resumed.putIfAbsent(
                                        entry.key() + " " + RawTape.header(entry, "line"),
                                        received);
                            }
                        }
                        return streamsSince(dead) == wanted();
                    });
            // What the survivor carried went on at once; the rest waited for its share to move.
            long expiry = dead + Duration.ofSeconds(3).toNanos();
            resumed.forEach((key, received) -> {
                if (received > expiry) {
                    silent.add(key.substring(0, key.indexOf(' ')));
                }
            });
            System.out.printf(
                    Locale.ROOT,
                    "%d of %d carried lines waited; the longest %.1f s after the kill (%d ms to"
                            + " die)%n",
                    resumed.values().stream().filter(received -> received > expiry).count(),
                    resumed.size(),
                    (resumed.values().stream().mapToLong(t -> t).max().orElse(dead) - dead) / 1e9,
                    (dead - before) / 1_000_000);
            // The death is known within a session; a second one is for machines that are busy.
            assertThat(resumed.values())
                    .as("when streams went on after the kill, epoch ns")
                    .allMatch(received -> received < dead + 2 * SESSION.toNanos());
            return silent;
        }

        private int wanted() {
            return instruments.size() * TYPES.size() * lines.size();
        }

        /** Of how many (stream, line)s a record that was received after that time has been read. */
        private int streamsSince(long nanos) {
            int found = 0;
            for (Instrument instrument : instruments) {
                for (String type : TYPES) {
                    String stream = instrument.symbol().toLowerCase(Locale.ROOT) + "@" + type;
                    for (String line : lines) {
                        found += judge.tape().newestNanos(stream, line) > nanos ? 1 : 0;
                    }
                }
            }
            return found;
        }

        SentAndKept.Verdict judgeTheTape() throws Exception {
            SentAndKept.Verdict verdict = judge.judge();
            long now = System.currentTimeMillis();
            clean.awaitCandles(
                    instruments, "1s", killedMicros / 1_000 - 5_000, now - now % 1_000 - 5_000);
            assertThat(clean.twice()).as("closed candles that came twice").isEmpty();
            await(
                    "an end of every hole",
                    () ->
                            judge.gaps().stream()
                                    .noneMatch(gap ->
                                            gap.getOutcome() == GapOutcome.GAP_OUTCOME_OPEN));
            return verdict;
        }

        /**
         * While the second joined, pairs may have been without an owner for a moment, and one line
         * may have closed a candle before the other brought the one before it.
         */
        private List<Gap> holesSinceTheKill() {
            return judge.gaps().stream()
                    .filter(gap -> gap.getFoundUs() > killedMicros && endMicros(gap) > killedMicros)
                    .toList();
        }

        /** Of what is told by update ids, nothing but when it was found is known. */
        private static long endMicros(Gap gap) {
            return switch (gap.getKind()) {
                case GAP_KIND_DEPTH -> gap.getFoundUs();
                case GAP_KIND_CANDLES -> gap.getTo() + 1_000_000; // open time of the last
                case GAP_KIND_TICKERS, GAP_KIND_UNSPECIFIED, UNRECOGNIZED -> gap.getTo();
            };
        }

        @Override
        public void close() {
            ingestors.forEach(IngestorProcess::close);
            clean.close();
            judge.close();
            aggregator.close();
            exchange.close();
        }
    }
}
