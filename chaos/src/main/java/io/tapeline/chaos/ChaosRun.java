package io.tapeline.chaos;

import io.tapeline.chaos.installation.Installation;
import io.tapeline.chaos.installation.Suffering;
import io.tapeline.chaos.judge.Contradiction;
import io.tapeline.chaos.judge.Convergence;
import io.tapeline.chaos.plan.Round;
import io.tapeline.chaos.report.Outcome;
import io.tapeline.chaos.report.Report;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Iterator;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.KafkaException;

/** One run: an installation is started, suffers round after round, and is judged after each. */
public final class ChaosRun {

    public static final String REPORT = "report.md";

    private final ChaosOptions options;
    private final Iterator<Round> plan;
    private final PrintStream out;
    private final Report report;

    /**
     * @param plan what is done, until it or what the options allow is at its end
     */
    public ChaosRun(ChaosOptions options, Iterator<Round> plan, PrintStream out) {
        this.options = options;
        this.plan = plan;
        this.out = out;
        report = new Report(options.seed());
    }

    /**
     * Ends with the first round after which something is not as it must be. The report is written
     * anew after each round.
     */
    public Report run() throws Exception {
        long started = System.nanoTime();
        say(started, "seed " + options.seed() + ", files in " + options.directory());
        try (Installation installation = Installation.start(options.directory(), options.seed());
                Convergence convergence = new Convergence(installation)) {
            Duration up = convergence.awaitRecovery();
            convergence.beginHere();
            say(started, "everything flows, %.1f s after the services were begun", seconds(up));
            suffer(installation, convergence, started);
            report.remark(
                    "Processes that ended by themselves and were started again: "
                            + installation.ownEnds()
                            + ".");
            report.remark(
                    "What the exchange had to complain of: "
                            + installation.admin().get("/sim/judge").get("breaches")
                            + ".");
            report.write(options.directory().resolve(REPORT));
        }
        say(
                started,
                "%s: %d faults survived; report in %s",
                report.isClean() ? "converged" : "NOT converged",
                report.faultsSurvived(),
                options.directory().resolve(REPORT));
        return report;
    }

    private void suffer(Installation installation, Convergence convergence, long started)
            throws Exception {
        Suffering suffering = new Suffering(installation);
        long deadline = System.nanoTime() + options.lasts().toNanos();
        while (report.isClean()
                && plan.hasNext()
                && System.nanoTime() - deadline < 0
                && report.faultsSurvived() < options.faults()) {
            Round round = plan.next();
            say(started, "round %d: %s", round.number(), round.words());
            Outcome outcome = outcome(round, suffering, convergence);
            report.add(outcome);
            report.write(options.directory().resolve(REPORT));
            say(
                    started,
                    switch (outcome) {
                        case Outcome.Survived survived ->
                                String.format(
                                        Locale.ROOT,
                                        "  recovered in %.1f s; %d payloads compared, %d of them"
                                                + " explained by the ledger of gaps",
                                        seconds(survived.recovery()),
                                        survived.verdict().compared(),
                                        survived.verdict().explained());
                        case Outcome.Failed failed -> "  NOT: " + failed.finding();
                    });
        }
        if (report.isClean()) {
            convergence.judgeWholeHistory();
        }
    }

    private static Outcome outcome(Round round, Suffering suffering, Convergence convergence)
            throws InterruptedException {
        try {
            LockSupport.parkNanos(round.pause().toNanos());
            long begun = System.nanoTime();
            for (Round.Step step : round.steps()) {
                LockSupport.parkNanos(begun + step.after().toNanos() - System.nanoTime());
                if (step.begins()) {
                    suffering.begin(step.fault());
                } else {
                    suffering.end(step.fault());
                }
            }
            Duration recovery = convergence.awaitRecovery();
            return new Outcome.Survived(round, recovery, convergence.judge(round.apart()));
        } catch (Contradiction | IllegalStateException | IOException | KafkaException e) {
            return new Outcome.Failed(round, e.toString());
        }
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }

    private void say(long started, String format, Object... values) {
        double at = seconds(Duration.ofNanos(System.nanoTime() - started));
        String text = values.length == 0 ? format : String.format(Locale.ROOT, format, values);
        out.println(String.format(Locale.ROOT, "%7.1f s  ", at) + text);
        out.flush();
    }
}
