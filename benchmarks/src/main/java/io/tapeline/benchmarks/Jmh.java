package io.tapeline.benchmarks;

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
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.util.Statistics;

/** Runs a JMH class, shortly: several young JVMs rather than one long run. */
final class Jmh {

    private static final int FORKS = 3;
    private static final TimeValue ITERATION = TimeValue.milliseconds(400);

    /** GCProfiler's bytes allocated per operation. */
    private static final String GARBAGE = "gc.alloc.rate.norm";

    private Jmh() {}

    static List<Suite.Row> run(Class<?> benchmarks) throws RunnerException {
        Options options =
                new OptionsBuilder()
                        .include("^" + benchmarks.getName().replace(".", "\\.") + "\\.")
                        .forks(FORKS)
                        .warmupIterations(5)
                        .warmupTime(ITERATION)
                        .measurementIterations(5)
                        .measurementTime(ITERATION)
                        .timeout(TimeValue.minutes(1))
                        .timeUnit(TimeUnit.NANOSECONDS)
                        .jvmArgs("-Xmx512m", "-Xms512m", "-XX:+UseSerialGC")
                        .addProfiler(GCProfiler.class)
                        .addProfiler(CpuTime.class)
                        .build();
        List<Suite.Row> rows = new ArrayList<>();
        Collection<RunResult> results = new Runner(options).run();
        for (RunResult result : results) {
            String task = result.getParams().getBenchmark();
            task = task.substring(task.lastIndexOf('.') + 1);
            Collection<String> keys = result.getParams().getParamsKeys();
            String by;
            if (keys.isEmpty()) { // the method's name says both: sum_Decimals
                int split = task.indexOf('_');
                by = split < 0 ? "" : task.substring(split + 1);
                task = split < 0 ? task : task.substring(0, split);
            } else {
                by = result.getParams().getParam(keys.iterator().next());
            }
            add(rows, task, by, "ns", result, CpuTime.NAME);
            add(rows, task + ", garbage", by, "bytes", result, GARBAGE);
        }
        rows.sort(Comparator.comparing(Suite.Row::task)); // stable: keeps the order of the means
        return rows;
    }

    private static void add(
            List<Suite.Row> rows,
            String task,
            String by,
            String unit,
            RunResult result,
            String figure) {
        Statistics figures =
                Objects.requireNonNull(result.getSecondaryResults().get(figure), figure)
                        .getStatistics();
        rows.add(
                new Suite.Row(
                        task,
                        by,
                        unit,
                        figures.getPercentile(50),
                        figures.getPercentile(25),
                        figures.getPercentile(75)));
    }
}
