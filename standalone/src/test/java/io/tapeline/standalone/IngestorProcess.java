package io.tapeline.standalone;

import io.tapeline.exchange.SimulatedExchange;
import io.tapeline.ingestor.IngestorApplication;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An ingestor as a process of its own, which can be killed. Closing it kills it too. */
final class IngestorProcess implements AutoCloseable {

    private final String instance;
    private final Process process;

    private IngestorProcess(String instance, Process process) {
        this.instance = instance;
        this.process = process;
    }

    /**
     * Returns at once; what it prints goes on to this process's output.
     *
     * @param settings by their whole names, beside where Kafka and the exchange are
     */
    static IngestorProcess start(
            String instance,
            String bootstrap,
            SimulatedExchange exchange,
            Map<String, String> settings)
            throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx384m",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                IngestorApplication.class.getName(),
                                "--tapeline.ingestor.instance=" + instance,
                                "--spring.main.web-application-type=none",
                                "--tapeline.ingestor.http-port=0",
                                "--tapeline.kafka.bootstrap=" + bootstrap,
                                "--tapeline.binance.rest-url=" + exchange.restUrl(),
                                "--tapeline.binance.ws-url=" + exchange.wsUrl(),
                                "--tapeline.deribit.ws-url=",
                                "--tapeline.coingecko.url="));
        settings.forEach((name, value) -> command.add("--" + name + "=" + value));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.redirectErrorStream(true);
        Process process = builder.start();
        Thread.ofVirtual()
                .start(() ->
                        process.inputReader(StandardCharsets.UTF_8)
                                .lines()
                                .forEach(line -> System.out.println(instance + ": " + line)));
        return new IngestorProcess(instance, process);
    }

    String instance() {
        return instance;
    }

    boolean isAlive() {
        return process.isAlive();
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
