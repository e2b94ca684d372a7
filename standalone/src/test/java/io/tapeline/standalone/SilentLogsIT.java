package io.tapeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.chaos.judge.TopicReader;
import io.tapeline.schemas.market.EpochNanos;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.raw.RawHeaders;
import io.tapeline.schemas.raw.RawRecord;
import io.tapeline.schemas.topic.Topics;
import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * All services with secrets that can be told from anything else, saying all that they ever say: no
 * secret is in it, and nothing of what an exchange sent or an asker told in a header.
 */
class SilentLogsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Pattern PAGE = Pattern.compile("^ *page +(http\\S+)/$");
    private static final Pattern KAFKA = Pattern.compile("^ *Kafka +(\\S+)$");

    /** Stands in everything that must not be said. */
    private static final String MARK = "unspeakable";

    private static final String KEY = MARK + "-key-of-ops";

    @TempDir Path dir;

    private final List<String> said = new CopyOnWriteArrayList<>();

    @Test
    void nothingThatIsSecretAndNoPayloadIsInTheLogs() throws Exception {
        Process process = start();
        try {
            BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
            Thread.ofVirtual().start(() -> output.lines().forEach(said::add));
            URI page = URI.create(await(PAGE));
            String bootstrap = await(KAFKA);
            try (Api api = new Api(page)) {
                // The query API knows the secret that the aggregator asks for.
                api.await(
                        "/v1/books/binance/BTCUSDT",
                        book -> book.get("state").asString().equals("LIVE"));
            }
            ask(page);
            tellNonsense(bootstrap);
        } finally {
            process.destroy();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly().onExit().join();
            }
        }
        assertThat(said).as("all is said").anyMatch(line -> line.contains("DEBUG"));
        assertThat(said)
                .noneMatch(line -> line.contains(MARK))
                .noneMatch(line -> line.contains("\"e\":\"") || line.contains("{\"stream\":"));
    }

    private Process start() throws Exception {
        Map<String, String> settings = new HashMap<>();
        settings.put("TAPELINE_DATA_DIR", dir.toString());
        settings.put("TAPELINE_HTTP_PORT", "0");
        settings.put("TAPELINE_KAFKA_PORT", "0");
        settings.put("TAPELINE_DEMO_PAIRS", "2");
        settings.put("TAPELINE_DEMO_RATE", "20");
        settings.put("TAPELINE_DEMO_PORT", "0");
        settings.put("TAPELINE_INTERNAL_SECRET", MARK + "-internal-secret");
        settings.put("TAPELINE_COINGECKO_API_KEY", MARK + "-coingecko");
        settings.put("TAPELINE_CLICKHOUSE_PASSWORD", MARK + "-clickhouse");
        settings.put(
                "TAPELINE_KAFKA_PROPERTIES_SASL_JAAS_CONFIG",
                "org.apache.kafka.common.security.plain.PlainLoginModule required"
                        + " username=\"u\" password=\""
                        + MARK
                        + "\";");
        byte[] hash =
                MessageDigest.getInstance("SHA-256").digest(KEY.getBytes(StandardCharsets.UTF_8));
        settings.put("TAPELINE_GUARD_KEYS", "ops=sha256:" + HexFormat.of().formatHex(hash));
        ProcessBuilder builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx768m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Dlogging.level.io.tapeline=DEBUG",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TapelineStandalone.class.getName(),
                        Mode.DEMO.id());
        builder.redirectErrorStream(true).environment().putAll(settings);
        return builder.start();
    }

    private String await(Pattern wanted) throws Exception {
        Waiting.until(
                () -> wanted + " in " + said,
                PATIENCE,
                () -> said.stream().anyMatch(wanted.asPredicate()));
        for (String line : said) {
            Matcher matcher = wanted.matcher(line);
            if (matcher.matches()) {
                return matcher.group(1);
            }
        }
        throw new AssertionError("was there a moment ago: " + wanted);
    }

    /** With a right key, a wrong one, and a right one where it is not known how to be told. */
    private static void ask(URI page) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (Map.Entry<String, String> header :
                    Map.of(
                                    "X-API-Key", KEY,
                                    "Authorization", "Bearer " + MARK + "-of-nobody",
                                    "X-Request-Id", MARK + " is not sane")
                            .entrySet()) {
                for (String path : List.of("/v1/collections", "/api/v3/depth?symbol=BTCUSDT")) {
                    var _ =
                            client.send(
                                    HttpRequest.newBuilder(page.resolve(path))
                                            .header(header.getKey(), header.getValue())
                                            .build(),
                                    BodyHandlers.discarding());
                }
            }
        }
    }

    /** Payloads that no decoder takes, to the end: each is a dead letter. */
    private static void tellNonsense(String bootstrap) {
        Topics topics = new Topics(Topics.DEFAULT_PREFIX);
        Instrument pair = Instrument.binance("BTCUSDT");
        try (var producer =
                new KafkaProducer<>(
                        Map.<String, Object>of("bootstrap.servers", bootstrap),
                        new StringSerializer(),
                        new ByteArraySerializer())) {
            for (String payload :
                    List.of("{\"e\":\"" + MARK + "\"}", MARK, "{\"U\":1,\"u\":\"" + MARK + "\"}")) {
                RawRecord record =
                        new RawRecord(
                                pair,
                                payload.getBytes(StandardCharsets.UTF_8),
                                "btcusdt@depth@100ms",
                                "a",
                                new EpochNanos(1_723_161_610_000_000_000L),
                                ExchangeTimeUnit.MILLISECONDS);
                var _ =
                        producer.send(
                                new ProducerRecord<>(
                                        topics.rawDepth().name(),
                                        null,
                                        pair.id(),
                                        record.payload(),
                                        RawHeaders.of(record)));
            }
        }
        TopicReader.await(bootstrap, topics.deadLetters(), letters -> letters.size() >= 3);
    }
}
