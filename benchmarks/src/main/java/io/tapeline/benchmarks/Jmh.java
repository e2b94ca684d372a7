package io.tapeline.benchmarks;

import io.tapeline.benchmarks.tape.DepthTape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.util.Statistics;

/** Runs a JMH class, shortly: several young JVMs rather than one long run. */
final class Jmh {

    private static final TimeValue ITERATION = TimeValue.milliseconds(300);

    /** GCProfiler's bytes allocated per operation. */
    private static final String GARBAGE = "gc.alloc.rate.norm";

    /** A parameter that says what is worked on: only figures of the same are compared. */
    private static final String DATA = "data";

    private Jmh() {}

    /**
     * @param forks how many JVMs, one after the other
     */
    static List<Answer.Row> run(Class<?> benchmarks, int forks, boolean brief)
            throws RunnerException {
        ChainedOptionsBuilder options =
                new OptionsBuilder()
                        .include("^" + benchmarks.getName().replace(".", "\\.") + "\\.")
                        .forks(brief ? 1 : forks)
                        .warmupIterations(brief ? 2 : 5)
                        .warmupTime(ITERATION)
                        .measurementIterations(brief ? 2 : 5)
                        .measurementTime(ITERATION)
                        .timeout(TimeValue.minutes(1))
                        .timeUnit(TimeUnit.NANOSECONDS)
                        .jvmArgs("-Xmx512m", "-Xms512m", "-XX:+UseSerialGC")
                        .addProfiler(GCProfiler.class)
                        .addProfiler(CpuTime.class);
        if (!DepthTape.hasRecording()) {
            options.param(DATA, "synthetic");
        }
        List<Answer.Row> rows = new ArrayList<>();
        Collection<RunResult> results = new Runner(options.build()).run();
        for (RunResult result : results) {
            String method = result.getParams().getBenchmark();
            method = method.substring(method.lastIndexOf('.') + 1);
            // The method's name may say both what is done and by what: sum_Decimals.
            int split = method.indexOf('_');
            String task = split < 0 ? method : method.substring(0, split);
            String by = split < 0 ? "" : method.substring(split + 1);
            for (String key : result.getParams().getParamsKeys()) {
                String value = result.getParams().getParam(key);
                if (key.equals(DATA)) {
                    task += ", " + value;
                } else {
                    by = (by + " " + value).strip();
                }
            }
            add(rows, task, by, "ns", result, CpuTime.NAME);
            add(rows, task + ", garbage", by, "bytes", result, GARBAGE);
        }
        rows.sort(Comparator.comparing(Answer.Row::task)); // stable: keeps the order of the means
        return rows;
    }

    private static void add(
            List<Answer.Row> rows,
            String task,
            String by,
            String unit,
            RunResult result,
            String figure) {
        Statistics figures =
                Objects.requireNonNull(result.getSecondaryResults().get(figure), figure)
                        .getStatistics();
        rows.add(
                new Answer.Row(
                        task,
                        by,
                        unit,
                        figures.getPercentile(50),
                        figures.getPercentile(25),
                        figures.getPercentile(75)));
    }
}
