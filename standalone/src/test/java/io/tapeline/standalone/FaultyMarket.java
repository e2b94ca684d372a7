package io.tapeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.aggregator.Aggregator;
import io.tapeline.aggregator.AggregatorSettings;
import io.tapeline.aggregator.topology.Flow;
import io.tapeline.chaos.judge.CleanTape;
import io.tapeline.chaos.judge.SentAndKept;
import io.tapeline.chaos.judge.Streams;
import io.tapeline.chaos.market.HastyExchange;
import io.tapeline.chaos.market.SimulatorAdmin;
import io.tapeline.exchange.Limits;
import io.tapeline.exchange.SimulatedExchange;
import io.tapeline.exchange.SimulatorSettings;
import io.tapeline.exchange.Source;
import io.tapeline.exchange.fault.ActiveFault;
import io.tapeline.ingestor.Ingestor;
import io.tapeline.ingestor.IngestorApplication;
import io.tapeline.ingestor.feed.IngestorCounters;
import io.tapeline.kafka.test.KafkaCluster;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Venue;
import io.tapeline.schemas.proto.Gap;
import io.tapeline.schemas.topic.TopicSetup;
import io.tapeline.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.springframework.boot.WebApplicationType;
import tools.jackson.databind.JsonNode;

/**
 * A small market at an exchange that errs on demand, ingestors, a broker, an aggregator, and what
 * judges them. Faults come in as any tester's would: by the simulator's own administration.
 */
final class FaultyMarket implements AutoCloseable {

    private static final int PAIRS = 6;
    private static final int EVENTS_PER_SECOND = 200;
    static final int PARTITIONS = 6;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final SimulatedExchange exchange;
    private final Aggregator aggregator;
    private final List<ServicePart> ingestors = new ArrayList<>();
    private final SentAndKept judge;
    private final CleanTape clean;
    private final Streams streams;
    private final SimulatorAdmin admin;
    private final List<String> symbols;
    private final Set<String> complaints = new HashSet<>();
    private long candlesFrom;

    private FaultyMarket(
            SimulatedExchange exchange,
            Aggregator aggregator,
            SentAndKept judge,
            CleanTape clean,
            List<String> lines) {
        this.exchange = exchange;
        this.admin = new SimulatorAdmin(exchange);
        this.aggregator = aggregator;
        this.judge = judge;
        this.streams = new Streams(judge.tape(), HastyExchange.TYPES, lines);
        this.clean = clean;
        this.symbols = exchange.symbols();
    }

    /**
     * Returns when everything flows.
     *
     * @param told settings of the ingestors, over those that make a small market err quickly
     */
    static FaultyMarket start(
            KafkaCluster kafka,
            Path dir,
            long seed,
            Limits limits,
            List<String> instances,
            List<String> lines,
            Map<String, String> told)
            throws Exception {
        String prefix = kafka.uniquePrefix();
        Topics topics = new Topics(prefix);
        SimulatedExchange exchange =
                SimulatedExchange.start(
                        SimulatorSettings.of(
                                        Source.Synthetic.demo()
                                                .withPairs(PAIRS)
                                                .withSeed(seed)
                                                .withBookLevels(150)
                                                .withEventsPerSecond(EVENTS_PER_SECOND))
                                .withLimits(limits)
                                .withVenues(HastyExchange.venues()));
        TopicSetup.ensure(kafka.admin(), topics, PARTITIONS, (short) 1);
        Aggregator aggregator =
                Aggregator.start(
                        AggregatorSettings.of(kafka.bootstrap(), dir.resolve("state"))
                                .withTopics(prefix, PARTITIONS));
        FaultyMarket market =
                new FaultyMarket(
                        exchange,
                        aggregator,
                        new SentAndKept(exchange, kafka.bootstrap(), topics),
                        new CleanTape(exchange, kafka.bootstrap(), topics),
                        lines);
        for (String instance : instances) {
            Map<String, String> settings =
                    HastySettings.ingestor(instance, kafka.bootstrap(), prefix, exchange);
            settings.put("tapeline.ingestor.lines", String.join(",", lines));
            settings.putAll(told);
            market.ingestors.add(
                    ServicePart.start(
                            IngestorApplication.class,
                            "ingestor",
                            WebApplicationType.NONE,
                            settings));
        }
        market.awaitFlow();
        long now = System.currentTimeMillis();
        market.candlesFrom = now - now % 1_000 + 1_000;
        return market;
    }

    /** Injects the faults, and returns when they have had their time. */
    void suffer(List<String> faults) throws IOException, InterruptedException {
        List<String> script = new ArrayList<>();
        for (String fault : faults) {
            String line = fault;
            for (int pair = 1; pair < symbols.size(); pair++) {
                line = line.replace("PAIR" + pair, symbols.get(pair));
            }
            script.add(line);
        }
        admin.suffer(script);
    }

    /** What became of the faults that were suffered last. */
    List<ActiveFault.Report> suffered() {
        return admin.suffered();
    }

    /** The pairs that trade as of now. */
    private List<Instrument> trading() throws IOException, InterruptedException {
        List<Instrument> trading = new ArrayList<>();
        for (JsonNode symbol : admin.get("/api/v3/exchangeInfo").get("symbols")) {
            if (symbol.get("status").asString().equals("TRADING")) {
                trading.add(new Instrument(Venue.BINANCE, symbol.get("symbol").asString()));
            }
        }
        return trading;
    }

    /** Until every stream of every trading pair has come on every line since now. */
    void awaitFlow() throws IOException, InterruptedException {
        List<Instrument> trading = trading();
        long since = System.currentTimeMillis() * 1_000_000;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<String> silent = streams.silentSince(since, trading);
        while (!silent.isEmpty()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("do not flow again within " + PATIENCE + ": " + silent);
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            silent = streams.silentSince(since, trading);
        }
    }

    SentAndKept.Verdict judgeTape() throws InterruptedException {
        SentAndKept.Verdict verdict = judge.judge();
        judge.tape().forgetOlderPayloads();
        return verdict;
    }

    /** The market stands still meanwhile, so that both sides speak of the same moment. */
    void awaitBooksAndCandles() throws IOException, InterruptedException {
        List<Instrument> trading = trading();
        // What closes while all is quiet is not told before the next event.
        long now = System.currentTimeMillis();
        long to = now - now % 1_000 - 3_000;
        admin.post("0s quiet symbol=* for=10m");
        try {
            clean.awaitBooks(trading);
            if (candlesFrom <= to) { // else the market is too young for any to have closed
                clean.awaitCandles(trading, "1s", candlesFrom, to);
                candlesFrom = Math.max(candlesFrom, to - 120_000);
            }
            assertThat(clean.twice()).as("closed candles that came twice").isEmpty();
        } finally {
            admin.endFaults();
        }
    }

    /** Of all ingestors together. */
    long count(IngestorCounters.Count count) {
        return ingestors.stream()
                .mapToLong(part -> part.part(Ingestor.class).counters().get(count))
                .sum();
    }

    /** Of the aggregator. */
    long count(Flow flow) {
        return aggregator.counters().of(flow);
    }

    /** Every reset of a book so far. */
    List<String> resets() {
        return clean.resets();
    }

    /** The ledger of gaps. */
    Collection<Gap> gaps() {
        return judge.gaps();
    }

    /** What the exchange has to complain of that it had not when this was last asked. */
    List<String> newBreaches() throws IOException, InterruptedException {
        List<String> breaches = new ArrayList<>();
        admin.get("/sim/judge").get("breaches").forEach(breach -> breaches.add(breach.toString()));
        exchange.breaches().all().forEach(breach -> breaches.add(breach.toString()));
        breaches.removeIf(breach -> !complaints.add(breach));
        return breaches;
    }

    @Override
    public void close() {
        ingestors.forEach(ServicePart::close);
        admin.close();
        clean.close();
        judge.close();
        aggregator.close();
        exchange.close();
    }
}
