package io.tapeline.ingestor.binance;

import io.tapeline.ingestor.connection.DecisionThread;
import io.tapeline.ingestor.feed.IngestorCounters;
import io.tapeline.ingestor.feed.IngestorCounters.Count;
import io.tapeline.ingestor.watchdog.Answer;
import io.tapeline.ingestor.watchdog.Finding;
import io.tapeline.ingestor.watchdog.Inquiry;
import io.tapeline.ingestor.watchdog.Question;
import io.tapeline.ingestor.watchdog.Sight;
import io.tapeline.ingestor.watchdog.Watchdog;
import io.tapeline.ingestor.watchdog.WatchdogSettings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets a watchdog look at the lines at a steady pace, and does what it finds. */
public final class StreamWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(StreamWatch.class);

    private final List<BinanceLine> lines;
    private final Watchdog watchdog;
    private final Inquiry inquiry;
    private final IngestorCounters counters;
    private final DecisionThread decisions;
    private final DecisionThread.Repetition looking;
    private Watchdog.Tally counted;

    private StreamWatch(
            WatchdogSettings settings,
            List<BinanceLine> lines,
            Inquiry inquiry,
            IngestorCounters counters,
            ScheduledExecutorService scheduler) {
        this.lines = List.copyOf(lines);
        this.watchdog = new Watchdog(settings);
        this.counted = watchdog.tally();
        this.inquiry = inquiry;
        this.counters = counters;
        this.decisions = new DecisionThread("watch", scheduler);
        this.looking = decisions.every(settings.lookEvery(), this::look);
    }

    /**
     * @param lines of the same streams, which bear witness for one another
     * @param scheduler of one thread, on which the lines' connections decide
     */
    public static StreamWatch start(
            WatchdogSettings settings,
            List<BinanceLine> lines,
            Inquiry inquiry,
            IngestorCounters counters,
            ScheduledExecutorService scheduler) {
        return new StreamWatch(settings, lines, inquiry, counters, scheduler);
    }

    private void look() {
        List<BinanceConnection> connections =
                lines.stream().flatMap(line -> line.connections().stream()).toList();
        List<Sight> sights = new ArrayList<>();
        connections.forEach(connection -> connection.look(sights));
        List<Question> questions = new ArrayList<>();
        for (Finding finding : watchdog.look(sights, System.nanoTime())) {
            switch (finding) {
                case Finding.Ask(Question question) -> questions.add(question);
                case Finding.StreamsStalled(String name, List<String> streams) -> {
                    log.atWarn()
                            .addKeyValue("connection", name)
                            .addKeyValue("streams", streams)
                            .log("streams are stalled: they are subscribed anew");
                    named(connections, name).stalled(streams);
                }
                case Finding.ConnectionStalled(String name, List<String> streams) -> {
                    log.atWarn()
                            .addKeyValue("connection", name)
                            .addKeyValue("silent", streams.size())
                            .log("a connection is stalled: it is replaced");
                    named(connections, name).connectionStalled(streams);
                }
            }
        }
        if (!questions.isEmpty()) {
            var _ =
                    answers(inquiry, questions)
                            .thenAccept(answers -> decisions.post(() -> answered(answers)));
        }
        count();
    }

    /** Of each question: one that is never answered would never be asked again. */
    static CompletableFuture<Map<Question, Answer>> answers(
            Inquiry inquiry, Collection<Question> questions) {
        return inquiry.ask(questions)
                .exceptionally(failure -> {
                    log.atError()
                            .addKeyValue("questions", questions.size())
                            .setCause(failure)
                            .log("the exchange could not be asked about silent streams");
                    Map<Question, Answer> failed = new HashMap<>();
                    questions.forEach(question -> failed.put(question, new Answer.Failed()));
                    return failed;
                });
    }

    private static BinanceConnection named(List<BinanceConnection> connections, String name) {
        return connections.stream()
                .filter(connection -> connection.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void answered(Map<Question, Answer> answers) {
        long now = System.nanoTime();
        answers.forEach((question, answer) -> watchdog.answered(question, answer, now));
        count();
    }

    private void count() {
        Watchdog.Tally now = watchdog.tally();
        counters.add(Count.DOUBTED, now.doubted() - counted.doubted());
        counters.add(Count.DOUBTS_RESOLVED, now.resolved() - counted.resolved());
        counters.add(Count.STALLED, now.stalled() - counted.stalled());
        counters.add(
                Count.STALLED_CONNECTIONS, now.stalledConnections() - counted.stalledConnections());
        counted = now;
    }

    @Override
    public void close() {
        looking.close();
    }
}
