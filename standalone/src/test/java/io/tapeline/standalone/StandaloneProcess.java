package io.tapeline.standalone;

import io.tapeline.exchange.SimulatedExchange;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code ./tapeline live} as a process of its own, which can be killed. Closing it kills it too.
 */
final class StandaloneProcess implements AutoCloseable {

    private static final Pattern PAGE = Pattern.compile("^ *page +(http\\S+)/$");
    private static final Pattern KAFKA = Pattern.compile("^ *Kafka +(\\S+)$");

    private final Process process;
    private final URI api;
    private final String bootstrap;

    private StandaloneProcess(Process process, URI api, String bootstrap) {
        this.process = process;
        this.api = api;
        this.bootstrap = bootstrap;
    }

    /**
     * Returns when it says that it runs; what it prints afterwards goes on to this process's
     * output.
     */
    static StandaloneProcess start(Path dataDir, SimulatedExchange exchange) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx768m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TapelineStandalone.class.getName(),
                        Mode.LIVE.id());
        builder.redirectErrorStream(true);
        builder.environment()
                .putAll(
                        Map.of(
                                "TAPELINE_DATA_DIR", dataDir.toString(),
                                "TAPELINE_HTTP_PORT", "0",
                                "TAPELINE_KAFKA_PORT", "0",
                                "TAPELINE_BINANCE_REST_URL", exchange.restUrl().toString(),
                                "TAPELINE_BINANCE_WS_URL", exchange.wsUrl().toString(),
                                "TAPELINE_DERIBIT_WS_URL", "",
                                "TAPELINE_COINGECKO_URL", ""));
        Process process = builder.start();
        try {
            BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
            URI api = URI.create(await(output, PAGE));
            String bootstrap = await(output, KAFKA);
            Thread.ofVirtual().start(() -> output.lines().forEach(System.out::println));
            return new StandaloneProcess(process, api, bootstrap);
        } catch (IOException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static String await(BufferedReader output, Pattern wanted) throws IOException {
        for (String line : (Iterable<String>) output.lines()::iterator) {
            System.out.println(line);
            Matcher matcher = wanted.matcher(line);
            if (matcher.matches()) {
                return matcher.group(1);
            }
        }
        throw new IOException("standalone: ended before it said " + List.of(wanted));
    }

    URI api() {
        return api;
    }

    String bootstrap() {
        return bootstrap;
    }

    /** As {@code kill -9} does; returns when it is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
