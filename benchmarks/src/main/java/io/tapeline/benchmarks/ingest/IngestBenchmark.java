package io.tapeline.benchmarks.ingest;

import io.tapeline.benchmarks.Answer;
import io.tapeline.benchmarks.Options;
import io.tapeline.benchmarks.broker.BrokerProcess;
import io.tapeline.benchmarks.broker.Offsets;
import io.tapeline.benchmarks.frames.FrameConnection;
import io.tapeline.benchmarks.frames.FrameServer;
import io.tapeline.benchmarks.frames.QuietIngestor;
import io.tapeline.benchmarks.ingest.Moment.Run;
import io.tapeline.benchmarks.tape.DepthTape;
import io.tapeline.benchmarks.tape.SyntheticDepth;
import io.tapeline.exchange.SimulatedExchange;
import io.tapeline.exchange.SimulatorSettings;
import io.tapeline.exchange.Source;
import io.tapeline.ingestor.Ingestor;
import io.tapeline.ingestor.feed.IngestorCounters.Count;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.topic.Topics;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/**
 * Frames of one WebSocket connection through the ingestor until they are acknowledged in {@code
 * raw.depth}, and the same payloads through its producer alone. Both in this process, by turns; the
 * broker in one of its own. Frames are sent as fast as the ingestor publishes them, never more than
 * a window ahead: an exchange that sends faster would only show how much the ingestor drops.
 */
public final class IngestBenchmark {

    private static final String PREFIX = "ingest.";
    private static final int PARTITIONS = 6;
    private static final int ROUNDS = 3;
    private static final int SYMBOLS = 60;
    private static final int BLOCK_BYTES = 32 << 20;
    private static final int WINDOW_BYTES = 24 << 20;
    private static final int WRITE_BYTES = 64 << 10;
    private static final long POLL_NANOS = 1_000_000;
    private static final long PATIENCE_NANOS = 120_000_000_000L;

    private final BrokerProcess broker;
    private final Offsets raw;
    private final Ingestor ingestor;
    private final FrameServer server;
    private final BareProducer bare;
    private final List<Answer.Row> rows = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private IngestBenchmark(
            BrokerProcess broker,
            Offsets raw,
            Ingestor ingestor,
            FrameServer server,
            BareProducer bare) {
        this.broker = broker;
        this.raw = raw;
        this.ingestor = ingestor;
        this.server = server;
        this.bare = bare;
    }

    public static Answer run(Options options) throws Exception {
        Topics topics = new Topics(PREFIX);
        Source.Synthetic quiet =
                Source.Synthetic.demo()
                        .withPairs(SYMBOLS)
                        .withEventsPerSecond(1)
                        .withHistory(Duration.ofHours(1));
        try (BrokerProcess broker = BrokerProcess.start();
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()));
                SimulatedExchange rest = SimulatedExchange.start(SimulatorSettings.of(quiet));
                FrameServer server = new FrameServer()) {
            List<String> symbols = QuietIngestor.trading(rest);
            try (Ingestor ingestor =
                            Ingestor.start(
                                    QuietIngestor.settings(
                                            broker.bootstrap(),
                                            PREFIX,
                                            PARTITIONS,
                                            rest.restUrl(),
                                            server.url(),
                                            symbols,
                                            List.of("depth@100ms"),
                                            ExchangeTimeUnit.MILLISECONDS),
                                    Clock.systemUTC());
                    BareProducer bare =
                            new BareProducer(
                                    broker.bootstrap(),
                                    topics.rawDepth().name(),
                                    PARTITIONS,
                                    symbols)) {
                await("subscribed", server::subscribed, symbols.size());
                IngestBenchmark benchmark =
                        new IngestBenchmark(
                                broker,
                                new Offsets(
                                        admin,
                                        broker.bootstrap(),
                                        topics.rawDepth().name(),
                                        PARTITIONS),
                                ingestor,
                                server,
                                bare);
                return benchmark.run(symbols, options);
            }
        }
    }

    private Answer run(List<String> symbols, Options options) throws Exception {
        notes.add(
                "One loopback WebSocket connection, "
                        + symbols.size()
                        + " symbols, broker in a process of its own, "
                        + PARTITIONS
                        + " partitions. The frames come from a minimal server in this process, made"
                        + " beforehand and written by one thread, whose processor time is not"
                        + " counted: the simulated exchange would be slower than what is measured."
                        + " The producer alone has the ingestor's settings and headers. After a run"
                        + " of each to warm up, "
                        + ROUNDS
                        + " rounds of both by turns; timed from a fifth of the events acknowledged"
                        + " to all of them; then the topic's records are counted.");
        compare("usual", SyntheticDepth.usual().tape(), symbols, options.brief());
        compare("busy", DepthTape.busy(options.synthetic()), symbols, options.brief());
        return new Answer(notes, List.of(Answer.compared("least to most", rows)));
    }

    private void compare(String size, DepthTape tape, List<String> symbols, boolean brief)
            throws Exception {
        long bytes = tape.diffs().stream().mapToLong(String::length).sum() / tape.diffs().size();
        FrameBlock block = FrameBlock.of(tape, symbols, (int) (BLOCK_BYTES / bytes));
        long events = (brief ? 100L << 20 : 600L << 20) / bytes;
        notes.add(
                "%s: %,d events of %,d bytes on average, %s."
                        .formatted(size, events, bytes, tape.origin()));
        List<Run> limits = new ArrayList<>();
        List<Run> own = new ArrayList<>();
        for (int round = 0; round <= (brief ? 1 : ROUNDS); round++) {
            boolean oursFirst = round % 2 == 1;
            Run first = oursFirst ? ours(block, events, bytes) : limit(block, events);
            Run second = oursFirst ? limit(block, events) : ours(block, events, bytes);
            if (round > 0) {
                limits.add(oursFirst ? second : first);
                own.add(oursFirst ? first : second);
            }
        }
        tell(size, "producer alone", limits);
        tell(size, "ingestor", own);
        rows.sort(Comparator.comparing(Answer.Row::task));
    }

    private Run limit(FrameBlock block, long events) throws Exception {
        long before = bare.acknowledged();
        return time(
                "producer alone",
                events,
                () -> bare.acknowledged() - before,
                () -> {
                    bare.send(block, events);
                    return 0;
                });
    }

    private Run ours(FrameBlock block, long events, long bytes) throws Exception {
        long before = ingestor.counters().get(Count.PUBLISHED);
        LongSupplier published = () -> ingestor.counters().get(Count.PUBLISHED) - before;
        Run run =
                time("ingestor", events, published, () -> frames(block, events, bytes, published));
        Offsets.requireComplete("dropped", 0, ingestor.counters().get(Count.DROPPED));
        Offsets.requireComplete("failed", 0, ingestor.counters().get(Count.FAILED));
        return run;
    }

    private interface Work {
        /** Gives the processor time, in nanoseconds, that is not the contender's. */
        long run() throws IOException;
    }

    /** Writes the block over and over, never more than the window ahead of what is published. */
    private long frames(FrameBlock block, long events, long bytes, LongSupplier published)
            throws IOException {
        FrameConnection client = server.carrier(block.stream);
        long window = WINDOW_BYTES / bytes;
        long sent = 0;
        int at = 0;
        while (sent < events) {
            while (sent - published.getAsLong() > window) {
                LockSupport.parkNanos(POLL_NANOS / 5);
            }
            int from = at == 0 ? 0 : block.ends[at - 1];
            int to = from;
            while (at < block.size() && sent < events && to - from < WRITE_BYTES) {
                to = block.ends[at++];
                sent++;
            }
            client.write(block.frames, from, to - from);
            at = at == block.size() ? 0 : at;
        }
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private Run time(String name, long events, LongSupplier acknowledged, Work work)
            throws Exception {
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        long[] foreign = new long[1];
        Thread worker =
                Thread.ofPlatform()
                        .name("bench-" + name)
                        .start(() -> {
                            try {
                                foreign[0] = work.run();
                            } catch (IOException | RuntimeException e) {
                                failure.set(e);
                            }
                        });
        long from = await(name, () -> checked(failure, acknowledged), events / 5);
        Moment begin = Moment.now(broker);
        await(name, () -> checked(failure, acknowledged), events);
        Moment end = Moment.now(broker);
        worker.join();
        double measured = events - from;
        // Of the whole run; the part that is timed has its share of it.
        double foreignNanos = foreign[0] * measured / events;
        Run run = begin.until(end, measured, foreignNanos);
        Offsets.requireComplete(name, events, raw.count(Offsets::isStreamed));
        raw.deleteAll();
        System.out.printf(
                "%s: %,.0f events/s, processor %.2f us an event, broker's %.2f us%n",
                name, run.perSecond(), run.microsOwn(), run.microsBroker());
        return run;
    }

    private static long checked(
            AtomicReference<@Nullable Exception> failure, LongSupplier acknowledged) {
        Exception failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("the run failed", failed);
        }
        return acknowledged.getAsLong();
    }

    private static long await(String what, LongSupplier value, long wanted) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        long now = value.getAsLong();
        while (now < wanted) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("%s: only %,d of %,d".formatted(what, now, wanted));
            }
            LockSupport.parkNanos(POLL_NANOS);
            now = value.getAsLong();
        }
        return now;
    }

    private void tell(String size, String by, List<Run> runs) {
        rows.add(
                Answer.Row.ofRounds(
                        size + ", acknowledged",
                        by,
                        "events/s",
                        runs.stream().mapToDouble(Run::perSecond).toArray()));
        rows.add(
                Answer.Row.ofRounds(
                        size + ", processor",
                        by,
                        "us/event",
                        runs.stream().mapToDouble(Run::microsOwn).toArray()));
        rows.add(
                Answer.Row.ofRounds(
                        size + ", broker's processor",
                        by,
                        "us/event",
                        runs.stream().mapToDouble(Run::microsBroker).toArray()));
    }
}
