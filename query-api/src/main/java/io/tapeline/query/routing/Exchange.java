package io.tapeline.query.routing;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Internal HTTP: pooled connections that are kept alive, and no wait without an end. */
public final class Exchange implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(1);

    /** A whole answer; a book of 5,000 levels a side is under 200 KiB. */
    private static final long MOST_BYTES = 16L << 20;

    private final HttpClient client;
    private final Duration timeout;

    /**
     * @param timeout of one request, connecting included
     */
    public Exchange(Duration timeout) {
        this.timeout = timeout;
        client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(CONNECT)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build();
    }

    /**
     * @param pathAndQuery percent-encoded, begins with a slash
     * @throws IOException if no whole answer came in time
     */
    public HttpResponse<byte[]> get(Address address, String pathAndQuery) throws IOException {
        HttpRequest request =
                HttpRequest.newBuilder(address.resolve(pathAndQuery))
                        .timeout(timeout)
                        .header("Accept", "application/x-protobuf")
                        .build();
        try {
            return client.send(
                    request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking " + address, e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
