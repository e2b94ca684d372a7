package io.tapeline.ingestor.rest;

import io.tapeline.schemas.market.ExchangeTimeUnit;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Requests over HTTP, each once. Thread-safe. */
final class RestTransport implements AutoCloseable {

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);

    /** The whole exchangeInfo is the largest answer, some 20 MB. */
    private static final long MOST_BODY_BYTES = 128L << 20;

    /** Of the time that an answer may take to begin: so long it may take to its last byte. */
    private static final int WHOLE_ANSWER = 8;

    private static final String TIME_UNIT = "X-MBX-TIME-UNIT";

    private final URI base;
    private final ExchangeTimeUnit unit;
    private final Duration answerWithin;
    private final Duration wholeWithin;
    private final HttpClient http;

    RestTransport(RestSettings settings) {
        this.base = settings.base();
        this.unit = settings.unit();
        this.answerWithin = settings.answerWithin();
        this.wholeWithin = answerWithin.multipliedBy(WHOLE_ANSWER);
        this.http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(CONNECT_WITHIN)
                        .build();
    }

    /** Fails if the answer does not begin, or does not come to its end, in time. */
    CompletableFuture<RestAnswer> send(RestRequest wanted) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + wanted.target()))
                        .timeout(answerWithin)
                        .GET();
        if (unit == ExchangeTimeUnit.MICROSECONDS) {
            request.header(TIME_UNIT, "MICROSECOND"); // EXCHANGES.md A.2
        }
        CompletableFuture<HttpResponse<byte[]>> sent =
                http.sendAsync(
                        request.build(),
                        HttpResponse.BodyHandlers.limiting(
                                HttpResponse.BodyHandlers.ofByteArray(), MOST_BODY_BYTES));
        return sent.copy()
                // The request's own time-out ends with the headers.
                .orTimeout(wholeWithin.toNanos(), TimeUnit.NANOSECONDS)
                .whenComplete((_, failure) -> {
                    if (failure != null) {
                        sent.cancel(true);
                    }
                })
                .thenApply(answer ->
                        new RestAnswer(
                                answer.statusCode(),
                                AnswerHeaders.of(answer.headers()),
                                answer.body()));
    }

    /** Whether a request that failed so cannot have reached the exchange. */
    static boolean neverSent(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException
                    || cause instanceof HttpConnectTimeoutException
                    || cause instanceof UnresolvedAddressException) {
                return true;
            }
        }
        return false;
    }

    /** Those under way are cut off. */
    @Override
    public void close() {
        http.shutdownNow();
    }
}
