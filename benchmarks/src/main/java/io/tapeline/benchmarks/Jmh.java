package io.tapeline.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs a JMH class, shortly: several young JVMs rather than one long run. */
final class Jmh {

    private static final int FORKS = 3;
    private static final TimeValue ITERATION = TimeValue.milliseconds(500);

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
                        .build();
        List<Suite.Row> rows = new ArrayList<>();
        Collection<RunResult> results = new Runner(options).run();
        for (RunResult result : results) {
            String task = result.getParams().getBenchmark();
            task = task.substring(task.lastIndexOf('.') + 1);
            Collection<String> keys = result.getParams().getParamsKeys();
            String by = keys.isEmpty() ? "" : result.getParams().getParam(keys.iterator().next());
            rows.add(row(task, by, "ns", result.getPrimaryResult()));
            Result<?> allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
            if (allocated != null) {
                rows.add(row(task + ", garbage", by, "bytes", allocated));
            }
        }
        rows.sort((a, b) ->
                a.task().equals(b.task())
                        ? 0
                        : a.task()
                                .toLowerCase(Locale.ROOT)
                                .compareTo(b.task().toLowerCase(Locale.ROOT)));
        return rows;
    }

    private static Suite.Row row(String task, String by, String unit, Result<?> result) {
        double error = result.getScoreError();
        // The median of the iterations: on a machine that does other things too, the mean is
        // theirs.
        return new Suite.Row(
                task,
                by,
                unit,
                result.getStatistics().getPercentile(50),
                Double.isNaN(error) ? 0 : error);
    }
}
