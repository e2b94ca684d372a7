package io.tapeline.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The public API as a user's program sees it. */
final class Api implements AutoCloseable {

    record Answer(int status, JsonNode body) {}

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final HttpClient client = HttpClient.newHttpClient();
    private final JsonMapper json = JsonMapper.builder().build();
    private final URI base;

    Api(URI base) {
        this.base = base;
    }

    Answer get(String path) throws IOException, InterruptedException {
        HttpResponse<String> response =
                client.send(
                        HttpRequest.newBuilder(base.resolve(path))
                                .timeout(Duration.ofSeconds(20))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), json.readTree(response.body()));
    }

    /**
     * Asks again until the answer is as wanted; fails with the last one after {@link #PATIENCE}.
     */
    JsonNode await(String path, Predicate<JsonNode> wanted)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Answer last = new Answer(0, json.createObjectNode());
        while (System.nanoTime() - deadline < 0) {
            try {
                last = get(path);
            } catch (IOException notYet) {
                last = new Answer(0, json.createObjectNode().put("unreachable", notYet.toString()));
            }
            if (last.status() == 200 && wanted.test(last.body())) {
                return last.body();
            }
            java.util.concurrent.locks.LockSupport.parkNanos(PAUSE.toNanos());
        }
        throw new AssertionError(
                path + " did not answer as wanted in " + PATIENCE + "; last: " + last);
    }

    @Override
    public void close() {
        client.close();
    }
}
