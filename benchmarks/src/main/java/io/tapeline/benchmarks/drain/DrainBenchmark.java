package io.tapeline.benchmarks.drain;

import com.sun.management.OperatingSystemMXBean;
import io.tapeline.aggregator.AggregatorSettings;
import io.tapeline.benchmarks.Answer;
import io.tapeline.benchmarks.Options;
import io.tapeline.benchmarks.broker.Backlog;
import io.tapeline.benchmarks.broker.BrokerProcess;
import io.tapeline.benchmarks.broker.Offsets;
import io.tapeline.benchmarks.tape.DepthTape;
import io.tapeline.benchmarks.tape.SyntheticDepth;
import io.tapeline.schemas.topic.TopicSetup;
import io.tapeline.schemas.topic.Topics;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * How fast a backlog of {@code raw.depth} goes through the aggregator, exactly once and by one
 * stream thread, and how fast through a topology that only passes it on. Both run in this process,
 * by turns, over the same input; the broker in one of its own.
 *
 * <p>A run is timed between two commits of its group's offsets: the first that covers a fifth of
 * the input, and the one that covers all of it. A commit is the end of a transaction: what it
 * covers is in the output and in the changelog.
 */
public final class DrainBenchmark {

    private static final int PARTITIONS = 6;
    private static final int ROUNDS = 3;
    private static final long POLL_NANOS = 20_000_000;
    private static final long PATIENCE_NANOS = 180_000_000_000L;

    private final BrokerProcess broker;
    private final Admin admin;
    private final List<Answer.Row> rows = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private int runs;

    private DrainBenchmark(BrokerProcess broker, Admin admin) {
        this.broker = broker;
        this.admin = admin;
    }

    /** One run of one contender. */
    private record Run(double perSecond, double microsOwn, double microsBroker) {}

    public static Answer run(Options options) throws Exception {
        try (BrokerProcess broker = BrokerProcess.start();
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
            DrainBenchmark benchmark = new DrainBenchmark(broker, admin);
            benchmark.notes.add(
                    "Broker in a process of its own, %d partitions, exactly-once, one stream thread,"
                                    .formatted(PARTITIONS)
                            + " the aggregator's client settings for both; after a run of each to"
                            + " warm up, "
                            + ROUNDS
                            + " rounds of both by turns. Timed from the commit that covers a fifth"
                            + " of the input to the one that covers all of it; then the output's"
                            + " committed records are counted.");
            boolean brief = options.brief();
            benchmark.compare("usual", SyntheticDepth.usual().tape(), brief ? 10 : 150, brief);
            benchmark.compare("busy", DepthTape.busy(options.synthetic()), brief ? 5 : 50, brief);
            return new Answer(
                    benchmark.notes, List.of(Answer.compared("least to most", benchmark.rows)));
        }
    }

    private void compare(String size, DepthTape tape, int symbols, boolean brief) throws Exception {
        Topics topics = new Topics(size + ".");
        TopicSetup.ensure(admin, topics, PARTITIONS, (short) 1);
        Contender limit = new Contender.PassThrough(topics);
        Contender ours = new Contender.Ours(topics);
        admin.createTopics(List.of(new NewTopic(limit.output(), PARTITIONS, (short) 1)))
                .all()
                .get();
        long records =
                new Backlog(topics, PARTITIONS, names(symbols)).fill(broker.bootstrap(), tape);
        Offsets.requireComplete("backlog of " + size + " diffs", records, input(topics).end());
        notes.add(
                "%s: %,d records of %,d bytes on average, %s under %d symbols."
                        .formatted(size, records, bytes(tape), tape.origin(), symbols));
        AggregatorSettings settings =
                AggregatorSettings.of(broker.bootstrap(), broker.directory().resolve(size))
                        .withTopics(size + ".", PARTITIONS);
        List<Run> limits = new ArrayList<>();
        List<Run> own = new ArrayList<>();
        for (int round = 0; round <= (brief ? 1 : ROUNDS); round++) {
            boolean oursFirst = round % 2 == 1;
            Run first = drain(oursFirst ? ours : limit, settings, topics, records);
            Run second = drain(oursFirst ? limit : ours, settings, topics, records);
            if (round > 0) {
                limits.add(oursFirst ? second : first);
                own.add(oursFirst ? first : second);
            }
        }
        tell(size, limit.name(), limits);
        tell(size, ours.name(), own);
    }

    private static List<String> names(int symbols) {
        return IntStream.range(0, symbols).mapToObj("SYM%04dUSDT"::formatted).toList();
    }

    private static long bytes(DepthTape tape) {
        return tape.diffs().stream().mapToLong(String::length).sum() / tape.diffs().size();
    }

    private Offsets input(Topics topics) {
        return new Offsets(admin, broker.bootstrap(), topics.rawDepth().name(), PARTITIONS);
    }

    private Run drain(Contender contender, AggregatorSettings settings, Topics topics, long records)
            throws Exception {
        String application = "drain-" + contender.name() + "-" + runs++;
        Offsets input = input(topics);
        Offsets output = new Offsets(admin, broker.bootstrap(), contender.output(), PARTITIONS);
        Run run;
        try (AutoCloseable running = contender.start(settings, application)) {
            long from = await(input, application, records / 5);
            Moment begin = now();
            await(input, application, records);
            Moment end = now();
            double drained = records - from;
            run =
                    new Run(
                            drained * 1e9 / (end.nanos - begin.nanos),
                            (end.ownNanos - begin.ownNanos) / 1e3 / drained,
                            (end.brokerNanos - begin.brokerNanos) / 1e3 / drained);
        }
        Offsets.requireComplete(application, records, output.count(record -> true));
        output.deleteAll();
        System.out.printf(
                "%s %s: %,.0f records/s, processor %.2f us a record, broker's %.2f us%n",
                topics.rawDepth().name(),
                contender.name(),
                run.perSecond,
                run.microsOwn,
                run.microsBroker);
        return run;
    }

    private record Moment(long nanos, long ownNanos, long brokerNanos) {}

    private Moment now() {
        OperatingSystemMXBean own =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Moment(
                System.nanoTime(), own.getProcessCpuTime(), broker.processorTime().toNanos());
    }

    private static long await(Offsets input, String application, long wanted)
            throws InterruptedException, ExecutionException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        long committed = input.committed(application);
        while (committed < wanted) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(
                        "%s: only %,d of %,d records are committed"
                                .formatted(application, committed, wanted));
            }
            LockSupport.parkNanos(POLL_NANOS);
            committed = input.committed(application);
        }
        return committed;
    }

    private void tell(String size, String by, List<Run> runs) {
        rows.add(
                Answer.Row.ofRounds(
                        size + ", drained",
                        by,
                        "records/s",
                        runs.stream().mapToDouble(Run::perSecond).toArray()));
        rows.add(
                Answer.Row.ofRounds(
                        size + ", processor",
                        by,
                        "us/record",
                        runs.stream().mapToDouble(Run::microsOwn).toArray()));
        rows.add(
                Answer.Row.ofRounds(
                        size + ", broker's processor",
                        by,
                        "us/record",
                        runs.stream().mapToDouble(Run::microsBroker).toArray()));
        rows.sort(Comparator.comparing(Answer.Row::task));
    }
}
