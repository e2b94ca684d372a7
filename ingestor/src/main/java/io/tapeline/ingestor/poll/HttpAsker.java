package io.tapeline.ingestor.poll;

import io.tapeline.schemas.market.EpochNanos;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Sends requests. Bounded in time and in the size of an answer. Thread-safe. */
public final class HttpAsker implements AutoCloseable {

    private static final long MOST_BODY_BYTES = 8L << 20;

    private final HttpClient http;
    private final Duration answerWithin;
    private final Clock clock;

    /**
     * @param answerWithin longest time until the last byte of an answer, connecting included
     */
    public HttpAsker(Duration answerWithin, Clock clock) {
        if (!answerWithin.isPositive()) {
            throw new IllegalArgumentException(
                    "http asker: answerWithin " + answerWithin + " is not positive");
        }
        this.answerWithin = answerWithin;
        this.clock = clock;
        this.http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(answerWithin)
                        .build();
    }

    /** Fails if no answer came in time, or one that is too large. */
    public CompletableFuture<PollAnswer> ask(PollRequest request) {
        HttpRequest.Builder get = HttpRequest.newBuilder(request.address()).GET();
        get.timeout(answerWithin).header("Accept", "application/json");
        request.headers().forEach(get::header);
        CompletableFuture<HttpResponse<byte[]>> sent =
                http.sendAsync(
                        get.build(),
                        HttpResponse.BodyHandlers.limiting(
                                HttpResponse.BodyHandlers.ofByteArray(), MOST_BODY_BYTES));
        return sent.copy()
                // The request's own time-out ends with the headers.
                .orTimeout(answerWithin.toNanos(), TimeUnit.NANOSECONDS)
                .whenComplete((_, failure) -> {
                    if (failure != null) {
                        sent.cancel(true);
                    }
                })
                .thenApply(this::answer);
    }

    private PollAnswer answer(HttpResponse<byte[]> response) {
        Instant now = clock.instant();
        return new PollAnswer(
                response.statusCode(),
                response.headers()
                        .firstValue("Retry-After")
                        .map(text -> RetryAfter.of(text, now))
                        .orElse(Duration.ZERO),
                response.body(),
                EpochNanos.of(now).value());
    }

    /** Requests under way are cut off. */
    @Override
    public void close() {
        http.shutdownNow();
    }
}
