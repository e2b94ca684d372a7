package io.tapeline.query;

import io.tapeline.query.routing.FakeAggregator;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A query API under test, and a client of it. */
public final class Api implements AutoCloseable {

    private final QueryApi api;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Api(QueryApi api) {
        this.api = api;
    }

    /** Over aggregators, without a broker. */
    public static Api over(Path directory, FakeAggregator aggregator, String... more) {
        List<String> settings = new ArrayList<>();
        settings.add("--tapeline.kafka.bootstrap=127.0.0.1:1");
        settings.add("--tapeline.aggregator.urls=" + aggregator.url());
        settings.addAll(List.of(more));
        return with(directory, settings);
    }

    public static Api with(Path directory, List<String> more) {
        List<String> settings = new ArrayList<>();
        settings.add("--tapeline.http-port=0");
        settings.add("--tapeline.data-dir=" + directory);
        settings.add("--tapeline.history.memory=128MB");
        // Each test's history is its own, also where the environment names a server.
        if (more.stream().noneMatch(each -> each.startsWith("--tapeline.clickhouse.url="))) {
            settings.add("--tapeline.clickhouse.url=");
        }
        settings.add("--logging.level.org.apache.kafka=ERROR");
        settings.addAll(more);
        return new Api(QueryApi.start(settings.toArray(String[]::new)));
    }

    public int port() {
        return api.port();
    }

    public HttpResponse<String> get(String pathAndQuery, String... headers) {
        return answer(request(pathAndQuery, headers));
    }

    /** Of health and metrics, at the port that they have for themselves. */
    public HttpResponse<String> manage(String path) {
        return answer(
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + api.managementPort() + path))
                        .timeout(Duration.ofSeconds(20))
                        .build());
    }

    private HttpResponse<String> answer(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(request.uri().toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(request.uri().toString(), e);
        }
    }

    public HttpResponse<InputStream> open(String pathAndQuery, String... headers)
            throws IOException, InterruptedException {
        return client.send(
                request(pathAndQuery, headers), HttpResponse.BodyHandlers.ofInputStream());
    }

    public HttpResponse<String> send(String method, String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri(path))
                        .method(method, HttpRequest.BodyPublishers.ofString("{}"))
                        .timeout(Duration.ofSeconds(20));
        return client.send(
                headers.length == 0 ? request.build() : request.headers(headers).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    public HttpResponse<String> post(String path, String type, String body, String... headers) {
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Content-Type";
        all[headers.length + 1] = type;
        try {
            return client.send(
                    HttpRequest.newBuilder(uri(path))
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .headers(all)
                            .timeout(Duration.ofSeconds(20))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(path, e);
        }
    }

    private HttpRequest request(String pathAndQuery, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri(pathAndQuery)).timeout(Duration.ofSeconds(20));
        return headers.length == 0 ? request.build() : request.headers(headers).build();
    }

    private URI uri(String pathAndQuery) {
        return URI.create("http://127.0.0.1:" + port() + pathAndQuery);
    }

    @Override
    public void close() {
        client.shutdownNow();
        api.close();
    }
}
