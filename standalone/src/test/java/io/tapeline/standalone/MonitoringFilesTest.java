package io.tapeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Rules, dashboards, runbook and the table of metrics speak of the same things. */
class MonitoringFilesTest {

    private static final Path DOCS = Path.of("..", "docs");

    private static Set<String> rowsOf(String page) throws IOException {
        return Files.readString(DOCS.resolve(page))
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(3, line.indexOf('`', 3)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> sectionsOf(String page) throws IOException {
        return Files.readString(DOCS.resolve(page))
                .lines()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3))
                .toList();
    }

    @Test
    void everyAlertHasItsSectionInTheRunbookAndLeadsThere() throws IOException {
        List<String> alerts = MonitoringFiles.ofRules("alert");
        assertThat(sectionsOf("runbook.md")).containsExactlyElementsOf(alerts);
        assertThat(MonitoringFiles.ofRules("runbook_url"))
                .isEqualTo(
                        alerts.stream()
                                .map(alert -> "docs/runbook.md#" + alert.toLowerCase(Locale.ROOT))
                                .toList());
    }

    @Test
    void everyAlertSaysHowBadItIsAndWhatItIs() throws IOException {
        int alerts = MonitoringFiles.ofRules("alert").size();
        assertThat(MonitoringFiles.ofRules("severity"))
                .hasSize(alerts)
                .isSubsetOf("critical", "warning");
        assertThat(MonitoringFiles.ofRules("summary")).hasSize(alerts).doesNotHaveDuplicates();
        assertThat(MonitoringFiles.ofRules("description")).hasSize(alerts);
    }

    @Test
    void everyAlertIsTestedByItsName() throws IOException {
        List<String> tested = new ArrayList<>();
        try (Stream<Path> files = Files.list(Prometheus.OPS.resolve("tests"))) {
            for (Path file : files.sorted().toList()) {
                Files.readString(file)
                        .lines()
                        .filter(line -> line.startsWith("  - name: "))
                        .forEach(line -> tested.add(line.substring(10)));
            }
        }
        assertThat(tested).containsExactlyElementsOf(MonitoringFiles.ofRules("alert"));
    }

    @Test
    void everyMetricOfARuleOrAPanelIsInTheTable() throws IOException {
        Set<String> known = rowsOf("metrics.md");
        assertThat(MonitoringFiles.metricsUsed())
                .allSatisfy(name -> assertThat(known).contains(ExposedMetrics.family(name, known)));
        assertThat(MonitoringFiles.ofRules("record"))
                .containsAll(MonitoringFiles.recordedThatAreUsed());
    }

    @Test
    void everyMetricThatTheRunbookNamesIsInTheTable() throws IOException {
        Set<String> known = rowsOf("metrics.md");
        assertThat(
                        java.util.regex.Pattern.compile("`(tapeline_[a-z_]+)`")
                                .matcher(Files.readString(DOCS.resolve("runbook.md")))
                                .results()
                                .map(name -> name.group(1)))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(known).contains(name));
    }

    @Test
    void everyPanelSaysWhatItShowsAndInWhichUnit() throws IOException {
        assertThat(MonitoringFiles.panels())
                .allSatisfy(panel -> {
                    JsonNode json = panel.json();
                    assertThat(json.path("description").asString(""))
                            .as(panel.title())
                            .hasSizeGreaterThan(10);
                    assertThat(json.path("fieldConfig").path("defaults").path("unit").asString(""))
                            .as(panel.title())
                            .isNotEmpty();
                    assertThat(panel.queries()).as(panel.title()).isNotEmpty();
                });
    }

    @Test
    void dashboardsAreNumberedByTheReadersQuestionAndAskTheProvisionedSource() throws IOException {
        assertThat(
                        MonitoringFiles.dashboards().stream()
                                .map(dashboard -> dashboard.get("title").asString()))
                .containsExactly(
                        "1 Is it healthy?",
                        "2 Does everything come in?",
                        "3 Is the picture right?",
                        "4 Is the past kept?",
                        "5 Are askers answered?");
        String source =
                Files.readString(
                        MonitoringFiles.DASHBOARDS.resolveSibling(
                                "provisioning/datasources/prometheus.yml"));
        assertThat(
                        MonitoringFiles.panels().stream()
                                .map(panel -> panel.json().get("datasource").get("uid").asString())
                                .distinct())
                .allSatisfy(uid -> assertThat(source).contains("uid: " + uid + "\n"));
    }
}
