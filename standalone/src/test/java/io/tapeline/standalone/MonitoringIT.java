package io.tapeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.kafka.test.KafkaCluster;
import io.tapeline.kafka.test.KafkaTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Metrics, rules and dashboards at a real run, scraped by a real Prometheus. {@code
 * docs/metrics.md} is made from what the services expose here: run with {@code
 * -Dtapeline.write-docs=true} to write it anew.
 */
@KafkaTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MonitoringIT {

    private static final Duration PATIENCE = Duration.ofSeconds(45);
    private static final Path PAGE = Path.of("..", "docs", "metrics.md");

    private final Parts parts = new Parts();
    private final KafkaCluster kafka;
    private final Set<String> fired = new TreeSet<>();
    private WatchedInstallation installation;
    private Prometheus prometheus;

    MonitoringIT(KafkaCluster kafka) {
        this.kafka = kafka;
    }

    @BeforeAll
    void start(@TempDir Path dir) throws Exception {
        installation =
                parts.add("installation", new WatchedInstallation(kafka, dir.resolve("data")));
        prometheus =
                parts.add(
                        "Prometheus",
                        Prometheus.start(
                                Files.createDirectory(dir.resolve("prometheus")),
                                installation.targets()));
    }

    @AfterAll
    void stop() {
        parts.close();
    }

    @Test
    @Order(1)
    void everyAlertFiresWhenItShouldAndOnlyThenByPrometheusOwnTests() throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Prometheus.executable("promtool").toString());
        command.addAll(List.of("test", "rules"));
        try (Stream<Path> tests = Files.list(Prometheus.OPS.resolve("tests"))) {
            tests.sorted().map(Path::toString).forEach(command::add);
        }
        assertSucceeds(command);
        assertSucceeds(
                List.of(
                        command.getFirst(),
                        "check",
                        "config",
                        Prometheus.OPS.resolve("prometheus.yml").toString()));
    }

    private static void assertSucceeds(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }

    @Test
    @Order(2)
    void theTableOfMetricsIsWhatTheServicesExpose() throws Exception {
        Set<String> used = MonitoringFiles.metricsUsed();
        ExposedMetrics exposed = new ExposedMetrics();
        // What only records bring is there once they have come.
        Waiting.until(
                () -> "lines bring something, and a batch was written",
                PATIENCE,
                () ->
                        installation
                                        .metrics("aggregator-1:8083")
                                        .contains("tapeline_line_received_total{")
                                && prometheus.ask("tapeline_history_batches_total > 0").size()
                                        == 1);
        exposed.add("ingestor", installation.metrics("ingestor-1:8092"));
        exposed.add("aggregator", installation.metrics("aggregator-1:8083"));
        exposed.add("query API", installation.metrics("query-api-1:8084"));
        assertThat(exposed.withoutMeaning()).isEmpty();
        Set<String> known = exposed.names();
        assertThat(used)
                .allSatisfy(name ->
                        assertThat(known.contains(ExposedMetrics.family(name, known))).isTrue());
        used.removeIf(name -> name.startsWith("tapeline_"));
        String page = exposed.page(used);
        if (Boolean.getBoolean("tapeline.write-docs")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).hasContent(page);
    }

    @Test
    @Order(3)
    void noPanelOfADashboardIsWithoutData() throws Exception {
        installation.ask("/v1/prices");
        installation.ask("/v1/prices/binance/" + installation.symbol());
        installation.ask("/v1/gaps");
        List<String> empty = new ArrayList<>();
        Waiting.until(
                () -> "no query without data: " + empty,
                PATIENCE,
                () -> {
                    installation.ask("/v1/prices/binance/" + installation.symbol());
                    empty.clear();
                    empty.addAll(withoutData());
                    return empty.isEmpty();
                });
    }

    private List<String> withoutData() throws Exception {
        List<String> empty = new ArrayList<>();
        for (MonitoringFiles.Panel panel : MonitoringFiles.panels()) {
            for (String query : panel.queries()) {
                if (prometheus.ask(query).isEmpty()) {
                    empty.add(panel.title() + ": " + query);
                }
            }
        }
        return empty;
    }

    @Test
    @Order(4)
    void everyRuleCanBeEvaluatedAndNoAlertFiresWithoutACause() throws Exception {
        int rules = 0;
        for (JsonNode group : prometheus.groups()) {
            for (JsonNode rule : group.get("rules")) {
                rules++;
                assertThat(rule.get("health").asString()).as(rule.toString()).isEqualTo("ok");
            }
        }
        assertThat(rules)
                .isEqualTo(
                        MonitoringFiles.ofRules("alert").size()
                                + MonitoringFiles.ofRules("record").size());
        // What a start brings with it ends: streams that were not there yet, books without a
        // snapshot.
        Set<String> firing = new TreeSet<>();
        Waiting.until(
                () -> "no alert fires without a cause: " + firing,
                PATIENCE,
                () -> {
                    firing.clear();
                    firing.addAll(prometheus.firing());
                    return firing.isEmpty();
                });
    }

    @Test
    @Order(5)
    void whatGoesWrongFiresTheAlertOfIt() throws Exception {
        // Depth is missing on both lines, no snapshot can be had, and a record is damaged.
        installation.suffer(
                "gap connection=all stream=*@depth@100ms count=3",
                "ban for=6s",
                "coingecko-error status=503 for=20s");
        damage();
        awaitFiring(
                "TapelineRestForbidden",
                "TapelineDeadLetters",
                "TapelineBooksNotLive",
                "TapelineTapeHoles");
        // All connections are lost, and none can be had; somebody else uses the weight up; too many
        // ask.
        installation.suffer(
                "drop-all how=reset",
                "refuse-connects status=503 for=20s",
                "weight-burn weight=5700");
        awaitFiring(
                () -> installation.askTogether("/v1/prices", 16),
                "TapelineLineDown",
                "TapelineLineSilent",
                "TapelineStreamsMissing",
                "TapelineStreamTypeStale",
                "TapelinePollSilent",
                "TapelineLoadShed");
        awaitFiring(() -> installation.suffer("weight-burn weight=100"), "TapelineRestWeightHigh");
        // Nobody holds the state any more.
        installation.stopAggregator();
        awaitFiring(
                () -> installation.askTogether("/v1/prices/binance/" + installation.symbol(), 4),
                "TapelineServiceDown",
                "TapelineQueryErrors",
                "TapelineHistoryBehind");
        assertThat(prometheus.alerts())
                .allSatisfy(alert ->
                        assertThat(alert.get("annotations").toString())
                                .doesNotContain("<error")
                                .doesNotContain("no value"));
    }

    /** A payload that no decoder can read. */
    private void damage() throws Exception {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrap()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            producer.send(
                            new ProducerRecord<>(
                                    installation.topics().rawDepth().name(),
                                    ("binance:" + installation.symbol())
                                            .getBytes(StandardCharsets.UTF_8),
                                    "{".getBytes(StandardCharsets.UTF_8)))
                    .get(10, TimeUnit.SECONDS);
        }
    }

    /** Something that is done again until all is as awaited. */
    @FunctionalInterface
    private interface Cause {
        void act() throws Exception;
    }

    private void awaitFiring(String... alerts) throws Exception {
        awaitFiring(() -> {}, alerts);
    }

    /** Until each has fired, if only for a moment. */
    private void awaitFiring(Cause cause, String... alerts) throws Exception {
        Set<String> awaited = new TreeSet<>(List.of(alerts));
        Waiting.until(
                () -> "to fire: " + awaited,
                PATIENCE,
                () -> {
                    cause.act();
                    fired.addAll(prometheus.firing());
                    awaited.removeAll(fired);
                    return awaited.isEmpty();
                });
    }
}
