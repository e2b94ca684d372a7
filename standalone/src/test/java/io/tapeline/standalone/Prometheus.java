package io.tapeline.standalone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The system's Prometheus with the configuration and the rules of {@code ops/prometheus}, in a
 * hurry: it scrapes and evaluates each second, alerts wait no longer, and what is silent for
 * seconds is silent. A machine without it fails the tests: they are never skipped.
 */
final class Prometheus implements AutoCloseable {

    static final Path OPS = Path.of("..", "ops", "prometheus");

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Process process;
    private final URI address;
    private final HttpClient http = HttpClient.newHttpClient();

    private Prometheus(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /**
     * @param home for its files; empty
     * @param targets addresses by the names that the configuration knows them by
     */
    static Prometheus start(Path home, Map<String, String> targets) throws Exception {
        hurried(home, targets);
        int port = free();
        Process process =
                new ProcessBuilder(
                                executable("prometheus").toString(),
                                "--config.file=" + home.resolve("prometheus.yml"),
                                "--storage.tsdb.path=" + home.resolve("data"),
                                "--web.listen-address=127.0.0.1:" + port)
                        .redirectErrorStream(true)
                        .redirectOutput(home.resolve("output").toFile())
                        .start();
        Prometheus prometheus =
                new Prometheus(process, URI.create("http://127.0.0.1:" + port + "/"));
        Waiting.until(
                () -> "Prometheus is ready, see " + home.resolve("output"),
                PATIENCE,
                prometheus::isReady);
        return prometheus;
    }

    /** The configuration as it is, but for the pace and the places. */
    private static void hurried(Path home, Map<String, String> targets) throws IOException {
        String config =
                Files.readString(OPS.resolve("prometheus.yml"))
                        .replaceAll("(scrape|evaluation)_interval: 15s", "$1_interval: 1s")
                        .replace("scrape_timeout: 10s", "scrape_timeout: 1s");
        for (Map.Entry<String, String> target : targets.entrySet()) {
            if (!config.contains('"' + target.getKey() + '"')) {
                throw new AssertionError(target.getKey() + " is no target of prometheus.yml");
            }
            config = config.replace('"' + target.getKey() + '"', '"' + target.getValue() + '"');
        }
        // Of two instances of each service the second is not there.
        config = config.replaceAll(", \"[a-z-]+-2:\\d+\"", "");
        Files.createDirectories(home.resolve("rules"));
        Files.writeString(home.resolve("prometheus.yml"), config);
        for (Path rules : rules()) {
            Files.writeString(
                    home.resolve("rules").resolve(rules.getFileName()),
                    Files.readString(rules)
                            .replaceAll("(?m)^( +for:) .*$", "$1 1s")
                            .replaceAll("> \\d+ # seconds", "> 8 # seconds"));
        }
    }

    static List<Path> rules() throws IOException {
        try (Stream<Path> files = Files.list(OPS.resolve("rules"))) {
            return files.sorted().toList();
        }
    }

    /** Of Debian's package {@code prometheus}. */
    static Path executable(String name) {
        return Stream.of("/usr/bin", "/usr/local/bin", "/opt/prometheus")
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() ->
                        new AssertionError(
                                "The test of dashboards and alerts needs "
                                        + name
                                        + ". Install it (Debian, Ubuntu: apt-get install"
                                        + " prometheus)"));
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private boolean isReady() throws InterruptedException {
        if (!process.isAlive()) {
            throw new AssertionError("Prometheus ended by itself");
        }
        try {
            return send("-/ready").statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private HttpResponse<String> send(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(address.resolve(path))
                        .timeout(Duration.ofSeconds(10))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode data(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(path);
        JsonNode body = JsonMapper.shared().readTree(answer.body());
        if (!body.path("status").asString("").equals("success")) {
            throw new AssertionError(path + " " + answer.body());
        }
        return body.get("data");
    }

    /** The values of an instant query, NaN not among them. */
    List<Double> ask(String query) throws IOException, InterruptedException {
        List<Double> values = new ArrayList<>();
        for (JsonNode sample :
                data("api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8))
                        .get("result")) {
            double value = Double.parseDouble(sample.get("value").get(1).asString());
            if (!Double.isNaN(value)) {
                values.add(value);
            }
        }
        return values;
    }

    /** Each rule with its health and what went wrong with it. */
    JsonNode groups() throws IOException, InterruptedException {
        return data("api/v1/rules").get("groups");
    }

    /** The names of the alerts that fire. */
    Set<String> firing() throws IOException, InterruptedException {
        Set<String> names = new TreeSet<>();
        for (JsonNode alert : alerts()) {
            if (alert.get("state").asString().equals("firing")) {
                names.add(alert.get("labels").get("alertname").asString());
            }
        }
        return names;
    }

    /** All alerts that fire or are about to. */
    JsonNode alerts() throws IOException, InterruptedException {
        return data("api/v1/alerts").get("alerts");
    }

    @Override
    public void close() throws InterruptedException {
        http.close();
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
