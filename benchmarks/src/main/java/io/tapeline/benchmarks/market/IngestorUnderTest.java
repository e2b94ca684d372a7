package io.tapeline.benchmarks.market;

import io.tapeline.exchange.SimulatedExchange;
import io.tapeline.ingestor.IngestorApplication;
import io.tapeline.schemas.proto.IngestorStatus;
import io.tapeline.schemas.proto.LineStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The ingestor in a process of its own, so that its memory and processor time are its own. */
final class IngestorUnderTest implements AutoCloseable {

    private final Process process;
    private final URI status;
    private final HttpClient http = HttpClient.newHttpClient();

    private IngestorUnderTest(Process process, URI status) {
        this.process = process;
        this.status = status;
    }

    /**
     * @param output where what it prints goes
     */
    static IngestorUnderTest start(
            String bootstrap,
            String topicPrefix,
            SimulatedExchange exchange,
            List<String> lines,
            int heapMegabytes,
            Path output)
            throws IOException {
        int port = freePort();
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx" + heapMegabytes + "m",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                IngestorApplication.class.getName(),
                                "--spring.main.web-application-type=none",
                                "--tapeline.ingestor.http-port=" + port,
                                "--tapeline.ingestor.lines=" + String.join(",", lines),
                                "--tapeline.kafka.bootstrap=" + bootstrap,
                                "--tapeline.kafka.topic-prefix=" + topicPrefix,
                                "--tapeline.binance.rest-url=" + exchange.restUrl(),
                                "--tapeline.binance.ws-url=" + exchange.wsUrl(),
                                "--tapeline.deribit.ws-url=",
                                "--tapeline.coingecko.url=")
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        return new IngestorUnderTest(
                process, URI.create("http://127.0.0.1:" + port + "/internal/status"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Empty while its server does not answer yet. */
    Optional<IngestorStatus> status() throws IOException, InterruptedException {
        if (!process.isAlive()) {
            throw new IOException("the ingestor ended with status " + process.exitValue());
        }
        try {
            HttpResponse<byte[]> answer =
                    http.send(
                            HttpRequest.newBuilder(status).timeout(Duration.ofSeconds(5)).build(),
                            HttpResponse.BodyHandlers.ofByteArray());
            return answer.statusCode() == 200
                    ? Optional.of(IngestorStatus.parseFrom(answer.body()))
                    : Optional.empty();
        } catch (java.net.ConnectException notYet) {
            return Optional.empty();
        }
    }

    /** Streams that the exchange has confirmed, over all lines. */
    int subscribed() throws IOException, InterruptedException {
        return status().stream()
                .flatMap(answer -> answer.getLinesList().stream())
                .filter(line -> line.getVenue().equals("binance"))
                .mapToInt(LineStatus::getStreams)
                .sum();
    }

    Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Of its memory what is in use: heap, code, buffers. */
    long residentKilobytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }

    @Override
    public void close() {
        http.close();
        process.destroy();
        process.onExit().join();
    }
}
