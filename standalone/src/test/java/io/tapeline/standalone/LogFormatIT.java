package io.tapeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import io.tapeline.aggregator.AggregatorApplication;
import io.tapeline.exchange.log.EcsEncoder;
import io.tapeline.ingestor.IngestorApplication;
import io.tapeline.query.QueryApiApplication;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every service as a process of its own, told by one variable how its log is to be. */
class LogFormatIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Nothing is there: each service says so in its own words. */
    private static final String NO_KAFKA = "127.0.0.1:1";

    @TempDir Path dir;

    @Test
    void each_line_of_each_service_is_an_event_of_the_schema() throws Exception {
        Map<String, Class<?>> services = new LinkedHashMap<>();
        services.put("tapeline-ingestor", IngestorApplication.class);
        services.put("tapeline-aggregator", AggregatorApplication.class);
        services.put("tapeline-query-api", QueryApiApplication.class);
        Map<String, Process> processes = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, Class<?>> service : services.entrySet()) {
                processes.put(service.getKey(), start(service.getValue(), "ecs"));
            }
            for (Map.Entry<String, Process> process : processes.entrySet()) {
                List<String> said = lines(process.getValue(), 2);
                assertThat(said).hasSizeGreaterThanOrEqualTo(2);
                for (String line : said) {
                    assertEvent(process.getKey(), line);
                }
            }
        } finally {
            processes.values().forEach(process -> process.destroyForcibly().onExit().join());
        }
    }

    @Test
    void people_read_text_unless_told_otherwise() throws Exception {
        Process text = start(QueryApiApplication.class, "text");
        try {
            assertThat(lines(text, 1).getFirst()).doesNotStartWith("{").contains("INFO");
        } finally {
            text.destroyForcibly().onExit().join();
        }
    }

    @Test
    void all_in_one_process_knows_the_same_two_ways() throws Exception {
        assertThat(encoder("text")).isInstanceOf(PatternLayoutEncoder.class);
        assertThat(encoder("ecs")).isInstanceOf(EcsEncoder.class);
    }

    /** Of the standalone's own configuration. */
    private static Encoder<ILoggingEvent> encoder(String format) throws Exception {
        LoggerContext context = new LoggerContext();
        context.putProperty("TAPELINE_LOG_FORMAT", format);
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(
                Objects.requireNonNull(LogFormatIT.class.getResource("/logback.xml")));
        ConsoleAppender<ILoggingEvent> console =
                (ConsoleAppender<ILoggingEvent>)
                        context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("console");
        Encoder<ILoggingEvent> encoder = console.getEncoder();
        context.stop();
        return encoder;
    }

    private static void assertEvent(String service, String line) {
        JsonNode event = JsonMapper.shared().readTree(line);
        assertThat(Instant.parse(event.get("@timestamp").asString())).isBefore(Instant.MAX);
        assertThat(event.at("/log/level").asString()).as(line).isIn("INFO", "WARN", "ERROR");
        assertThat(event.at("/log/logger").asString("")).as(line).isNotEmpty();
        assertThat(event.get("message").asString("")).as(line).isNotEmpty();
        assertThat(event.at("/service/name").asString()).as(line).isEqualTo(service);
        assertThat(event.at("/ecs/version").asString("")).as(line).isNotEmpty();
    }

    private Process start(Class<?> main, String format) throws IOException {
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        classPath(),
                        main.getName());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .putAll(
                        Map.of(
                                "TAPELINE_LOG_FORMAT", format,
                                "TAPELINE_DATA_DIR", dir.resolve(main.getSimpleName()).toString(),
                                "TAPELINE_KAFKA_BOOTSTRAP", NO_KAFKA,
                                "TAPELINE_INGESTOR_KAFKA_START_WITHIN", "1s",
                                "TAPELINE_INGESTOR_MANAGEMENT_PORT", "0",
                                "TAPELINE_AGGREGATOR_MANAGEMENT_PORT", "0",
                                "TAPELINE_AGGREGATOR_HTTP_PORT", "0",
                                "TAPELINE_HTTP_PORT", "0"));
        return builder.start();
    }

    /** As the images have it: without the standalone, whose own configuration of the log wins. */
    private static String classPath() {
        String standalone = File.separator + "standalone" + File.separator + "target";
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains(standalone))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Until there are so many that are events or texts, or the process has ended. */
    private static List<String> lines(Process process, int wanted) throws InterruptedException {
        BlockingQueue<String> queue = new LinkedBlockingQueue<>();
        Thread.ofVirtual()
                .start(() -> {
                    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
                        reader.lines().forEach(queue::add);
                    } catch (IOException e) {
                        queue.add("the output ended: " + e);
                    }
                });
        List<String> lines = new ArrayList<>();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (lines.size() < wanted && System.nanoTime() - deadline < 0) {
            String line = queue.poll(100, TimeUnit.MILLISECONDS);
            if (line != null && !line.isBlank()) {
                lines.add(line);
            } else if (line == null && !process.isAlive() && queue.isEmpty()) {
                break;
            }
        }
        return lines;
    }
}
