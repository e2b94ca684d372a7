package io.tapeline.query.routing;

import io.tapeline.schemas.trace.RequestId;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.MDC;

/**
 * Internal HTTP: pooled connections that are kept alive, and no wait without an end. The id of the
 * question that is being answered goes with it.
 */
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

    /** Of one request, and of a question that takes several. */
    Duration timeout() {
        return timeout;
    }

    /**
     * @param pathAndQuery percent-encoded, begins with a slash
     * @throws IOException if no whole answer came in time
     */
    public HttpResponse<byte[]> get(Address address, String pathAndQuery) throws IOException {
        return get(address, pathAndQuery, timeout);
    }

    /**
     * @param within the body included
     * @throws IOException if no whole answer came in time
     */
    public HttpResponse<byte[]> get(Address address, String pathAndQuery, Duration within)
            throws IOException {
        HttpRequest.Builder question =
                HttpRequest.newBuilder(address.resolve(pathAndQuery))
                        .timeout(within)
                        .header("Accept", "application/x-protobuf");
        String id = MDC.get(RequestId.LOGGED);
        if (id != null) {
            question.header(RequestId.HEADER, id);
        }
        HttpRequest request = question.build();
        // The request's own time-out ends with the headers; an instance may hang after them.
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(
                        request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
        try {
            return answer.get(within.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new IOException("no answer of " + address, e.getCause());
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new HttpTimeoutException("no whole answer of " + address + " within " + within);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking " + address, e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
