package io.tapeline.chaos.installation;

import io.tapeline.chaos.part.Member;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks a member whether it may be used, as ops/k8s does: a service by its probe. */
final class Readiness implements AutoCloseable {

    private static final Duration WITHIN = Duration.ofSeconds(2);

    private final Ports ports;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(WITHIN).build();

    Readiness(Ports ports) {
        this.ports = ports;
    }

    /** Whether somebody listens at its port. */
    boolean listens(Member member) {
        try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), ports.of(member))) {
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /**
     * @return empty where it is ready
     */
    String complaint(Member member) throws InterruptedException {
        return switch (member) {
            case BROKER, ENGINE -> listens(member) ? "" : "does not listen";
            case INGESTOR_1, INGESTOR_2, AGGREGATOR_1, AGGREGATOR_2, QUERY_API_1, QUERY_API_2 ->
                    asked(ports.managementOf(member));
        };
    }

    private String asked(int port) throws InterruptedException {
        URI probe = URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness");
        try {
            HttpResponse<Void> answer =
                    http.send(
                            HttpRequest.newBuilder(probe).timeout(WITHIN).build(),
                            HttpResponse.BodyHandlers.discarding());
            return answer.statusCode() == 200 ? "" : "answers " + answer.statusCode();
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
