package io.tapeline.standalone;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What services say of their metrics in Prometheus' text format, and the page that tells it. */
final class ExposedMetrics {

    private static final Pattern COMMENT =
            Pattern.compile("# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) ?(.*)");
    private static final Pattern SAMPLE =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? \\S+");
    private static final Pattern LABEL =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"(?:[^\"\\\\]|\\\\.)*\"");

    /** How buckets are told apart is of the format, not of the metric. */
    private static final Set<String> OF_THE_FORMAT = Set.of("le", "quantile");

    private static final List<String> SUFFIXES = List.of("_bucket", "_count", "_sum");

    /** One metric, as all services together expose it. */
    private static final class Metric {
        final Set<String> services = new TreeSet<>();
        final Set<String> labels = new TreeSet<>();
        String type = "";
        String help = "";
    }

    private final Map<String, Metric> metrics = new TreeMap<>();

    /** Adds what a service exposes. */
    void add(String service, String exposed) {
        Map<String, Metric> ofService = new HashMap<>();
        for (String line : exposed.lines().toList()) {
            Matcher comment = COMMENT.matcher(line);
            if (comment.matches()) {
                Metric metric = metrics.computeIfAbsent(comment.group(2), _ -> new Metric());
                ofService.put(comment.group(2), metric);
                metric.services.add(service);
                if (comment.group(1).equals("TYPE")) {
                    metric.type = comment.group(3);
                } else {
                    metric.help = comment.group(3).strip();
                }
                continue;
            }
            Matcher sample = SAMPLE.matcher(line);
            if (sample.matches()) {
                Metric metric = ofService.get(family(sample.group(1), ofService.keySet()));
                Matcher labels = LABEL.matcher(sample.group(2) == null ? "" : sample.group(2));
                while (metric != null && labels.find()) {
                    if (!OF_THE_FORMAT.contains(labels.group(1))) {
                        metric.labels.add(labels.group(1));
                    }
                }
            }
        }
    }

    /** What a sample's name belongs to: that of a histogram has three kinds of samples. */
    static String family(String sample, Set<String> families) {
        if (!families.contains(sample)) {
            for (String suffix : SUFFIXES) {
                if (sample.endsWith(suffix)
                        && families.contains(
                                sample.substring(0, sample.length() - suffix.length()))) {
                    return sample.substring(0, sample.length() - suffix.length());
                }
            }
        }
        return sample;
    }

    Set<String> names() {
        return metrics.keySet();
    }

    /** Metrics of ours that say nothing of what they are. */
    List<String> withoutMeaning() {
        return metrics.entrySet().stream()
                .filter(metric -> metric.getKey().startsWith("tapeline_"))
                .filter(metric -> metric.getValue().help.isBlank())
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * @param used others than ours that rules and dashboards use
     */
    String page(Set<String> used) {
        StringBuilder page =
                new StringBuilder(
                        """
                        # Metrics

                        Made from what the services expose in a run; a test fails where this page and they differ. Each service answers at
                        `/actuator/prometheus` of its port of health and metrics: ingestor 8092, aggregator 8083, query API 8084. Rules and alerts are in
                        [ops/prometheus](../ops/prometheus), dashboards in [ops/grafana](../ops/grafana), what to do in the [runbook](runbook.md).

                        Names follow Prometheus' conventions: base units, `_total` for what only grows, since the start of the process. A histogram has
                        `_bucket`, `_count` and `_sum`; its `_max` is of the last minutes. Beside these there are the usual metrics of the JVM, of Tomcat
                        and of the log.

                        What must hold, each as of one instance; the differences are on the dashboards and have alerts:

                        - ingestor: `events_received` = `events_published` + `events_dropped` + `events_failed` + those in the producer's buffer
                        - line: `received` = `first` + `duplicates` + `late` + `held` + `passed_over` + `malformed`
                        - depth: `depth_received` = `depth_applied` + `depth_duplicates` + `depth_buffered` + `snapshots_used` + `snapshots_held` + `snapshots_ignored`
                          + `depth_pictures` + `depth_dead`
                        - candles: `klines_received` = `klines_accepted` + `klines_duplicates` + `klines_expired` + `klines_past` + `klines_dead`
                        - tickers: `tickers_received` = `tickers_accepted` + `tickers_older` + `tickers_rates` + `tickers_dead`
                        - history: `records` = `candles` + `open_candles` + `prices` + `tickers` + `tickers_passed_over` + `instruments` + `gaps` + `dead_letters` + `tombstones`
                        - live streams: `offered` = `taken` + `replaced` + `dropped` + those that wait

                        ## Tapeline's

                        | name | type | labels | of | meaning |
                        |---|---|---|---|---|
                        """);
        metrics.forEach((name, metric) -> {
            if (name.startsWith("tapeline_")) {
                page.append(row(name, metric));
            }
        });
        page.append(
                """

                ## Of the JVM, as far as rules and dashboards use them

                | name | type | labels | of | meaning |
                |---|---|---|---|---|
                """);
        metrics.forEach((name, metric) -> {
            if (used.contains(name)) {
                page.append(row(name, metric));
            }
        });
        return page.toString();
    }

    private static String row(String name, Metric metric) {
        return "| `%s` | %s | %s | %s | %s |%n"
                .formatted(
                        name,
                        metric.type,
                        String.join(", ", metric.labels.stream().map(l -> "`" + l + "`").toList()),
                        String.join(", ", metric.services),
                        metric.help.replace("|", "\\|"));
    }
}
