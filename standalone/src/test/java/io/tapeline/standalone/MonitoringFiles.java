package io.tapeline.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code ops} holds for those who watch an installation: rules, alerts, dashboards. */
final class MonitoringFiles {

    static final Path DASHBOARDS = Path.of("..", "ops", "grafana", "dashboards");

    private static final Pattern METRIC =
            Pattern.compile("(?<![\\w:])((?:tapeline|jvm|process|system|tomcat)_[a-z0-9_]+)\\b");
    private static final Pattern RECORDED = Pattern.compile("tapeline:[a-z0-9_:]+");

    /** A panel of a dashboard. */
    record Panel(String dashboard, JsonNode json) {

        String title() {
            return dashboard + ": " + json.path("title").asString("");
        }

        /** What it asks, with the window that Grafana would choose. */
        List<String> queries() {
            List<String> queries = new ArrayList<>();
            for (JsonNode target : json.get("targets")) {
                queries.add(target.get("expr").asString().replace("$__rate_interval", "30s"));
            }
            return queries;
        }
    }

    private MonitoringFiles() {}

    static List<JsonNode> dashboards() throws IOException {
        List<JsonNode> dashboards = new ArrayList<>();
        try (Stream<Path> files = Files.list(DASHBOARDS)) {
            for (Path file : files.sorted().toList()) {
                dashboards.add(JsonMapper.shared().readTree(Files.readString(file)));
            }
        }
        return dashboards;
    }

    static List<Panel> panels() throws IOException {
        List<Panel> panels = new ArrayList<>();
        for (JsonNode dashboard : dashboards()) {
            for (JsonNode panel : dashboard.get("panels")) {
                panels.add(new Panel(dashboard.get("title").asString(), panel));
            }
        }
        return panels;
    }

    private static String rules() throws IOException {
        StringBuilder rules = new StringBuilder();
        for (Path file : Prometheus.rules()) {
            rules.append(Files.readString(file)).append('\n');
        }
        return rules.toString();
    }

    /** The value of each line of the rules that begins with the key. */
    static List<String> ofRules(String key) throws IOException {
        return rules().lines()
                .map(line -> line.strip().replaceFirst("^- ", ""))
                .filter(line -> line.startsWith(key + ": "))
                .map(line -> line.substring(key.length() + 2))
                .toList();
    }

    /** What rules record, and dashboards and rules use. */
    static Set<String> recordedThatAreUsed() throws IOException {
        Set<String> names = new TreeSet<>();
        for (String query : queries()) {
            Matcher name = RECORDED.matcher(query);
            while (name.find()) {
                names.add(name.group());
            }
        }
        return names;
    }

    /** The names of samples that rules and dashboards use. */
    static Set<String> metricsUsed() throws IOException {
        Set<String> names = new TreeSet<>();
        for (String query : queries()) {
            Matcher name = METRIC.matcher(query.replaceAll("\"[^\"]*\"", ""));
            while (name.find()) {
                names.add(name.group(1));
            }
        }
        return names;
    }

    /** Of all panels and rules. */
    private static List<String> queries() throws IOException {
        List<String> queries = new ArrayList<>();
        for (Panel panel : panels()) {
            queries.addAll(panel.queries());
        }
        boolean inside = false;
        for (String line : rules().lines().toList()) {
            if (line.strip().equals("expr: |")) {
                inside = true;
            } else if (inside && line.startsWith("          ")) {
                queries.add(line);
            } else {
                inside = false;
            }
        }
        return queries;
    }
}
