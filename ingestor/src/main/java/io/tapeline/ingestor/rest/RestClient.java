package io.tapeline.ingestor.rest;

import io.tapeline.ingestor.connection.Backoff;
import io.tapeline.ingestor.feed.IngestorCounters;
import io.tapeline.ingestor.feed.IngestorCounters.Count;
import io.tapeline.schemas.market.EpochNanos;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way to an exchange's REST: every request waits here for its turn and for weight. One
 * thread sends; answers are judged where they arrive. Thread-safe.
 */
public final class RestClient implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RestClient.class);

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);

    /** The whole exchangeInfo is the largest answer, some 20 MB. */
    private static final long MOST_BODY_BYTES = 128L << 20;

    private static final RestOutcome CLOSED = new RestOutcome.Failed("the client is closed");
    private static final String TIME_UNIT = "X-MBX-TIME-UNIT";

    private final RestSettings settings;
    private final Clock clock;
    private final Backoff backoff;
    private final IngestorCounters counters;
    private final HttpClient http;
    private final Thread sender;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final RestQueue queue;
    private final WeightBudget budget;
    private int underWay;
    private boolean closed;

    private RestClient(
            RestSettings settings, Clock clock, Backoff backoff, IngestorCounters counters) {
        this.settings = settings;
        this.clock = clock;
        this.backoff = backoff;
        this.counters = counters;
        this.queue = new RestQueue(settings.queue());
        this.budget = new WeightBudget(settings.weightPerMinute(), settings.weightShare());
        this.http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(CONNECT_WITHIN)
                        .build();
        this.sender = Thread.ofPlatform().daemon().name("rest-sender").unstarted(this::send);
    }

    /**
     * Waits are of the clock's time: a test that stands the clock still stands the client still.
     */
    public static RestClient start(
            RestSettings settings, Clock clock, Backoff backoff, IngestorCounters counters) {
        RestClient client = new RestClient(settings, clock, backoff, counters);
        client.sender.start();
        return client;
    }

    /**
     * Asks; the outcome comes on a thread of the client's. Cancelling it takes the request out of
     * the queue.
     */
    public CompletableFuture<RestOutcome> ask(RestRequest request, Priority priority) {
        lock.lock();
        try {
            RestQueue.@Nullable Waiting waiting =
                    closed ? null : queue.add(request, priority, clock.instant());
            if (waiting == null) {
                counters.increment(Count.REST_FAILED);
                return CompletableFuture.completedFuture(
                        closed ? CLOSED : new RestOutcome.Failed("too many requests are waiting"));
            }
            changed.signalAll();
            return waiting.outcome();
        } finally {
            lock.unlock();
        }
    }

    /** What the exchange says that it allows an address in a minute. */
    public void weightPerMinute(int limit) {
        lock.lock();
        try {
            budget.limit(limit);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Requests that wait. */
    public int waiting() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    /** The exchange's weight that is taken as used in the current minute. */
    public int usedWeight() {
        lock.lock();
        try {
            return budget.used(clock.instant());
        } finally {
            lock.unlock();
        }
    }

    private void send() {
        lock.lock();
        try {
            while (!closed) {
                Optional<Instant> wake = sendNext(clock.instant());
                if (wake.isPresent()) {
                    await(wake.get());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closing
        } finally {
            lock.unlock();
        }
    }

    /** Sends the request whose turn it is, or says when to look again. */
    private Optional<Instant> sendNext(Instant now) {
        RestQueue.@Nullable Waiting head = queue.head(now);
        if (head == null || underWay >= settings.concurrency()) {
            return Optional.of(queue.nextDue().orElse(Instant.MAX));
        }
        return switch (budget.ask(head.request().weight(), head.priority(), now)) {
            case WeightBudget.Decision.Wait(Instant until) -> Optional.of(until);
            case WeightBudget.Decision.Go(WeightBudget.Ticket ticket) -> {
                queue.removeHead();
                underWay++;
                exchange(head, ticket);
                yield Optional.empty();
            }
        };
    }

    private void await(Instant until) throws InterruptedException {
        if (until.equals(Instant.MAX)) {
            changed.await();
        } else {
            Duration wait = Duration.between(clock.instant(), until);
            if (wait.isPositive()) {
                var _ = changed.await(wait.toNanos(), TimeUnit.NANOSECONDS);
            }
        }
    }

    private void exchange(RestQueue.Waiting waiting, WeightBudget.Ticket ticket) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(settings.base() + waiting.request().target()))
                        .timeout(settings.answerWithin())
                        .GET();
        if (settings.unit() == ExchangeTimeUnit.MICROSECONDS) {
            request.header(TIME_UNIT, "MICROSECOND"); // EXCHANGES.md A.2
        }
        var _ =
                http.sendAsync(
                                request.build(),
                                HttpResponse.BodyHandlers.limiting(
                                        HttpResponse.BodyHandlers.ofByteArray(), MOST_BODY_BYTES))
                        .whenComplete((answer, failure) -> {
                            if (failure == null) {
                                answered(waiting, ticket, answer);
                            } else {
                                unanswered(waiting, ticket, failure);
                            }
                        });
    }

    private void answered(
            RestQueue.Waiting waiting, WeightBudget.Ticket ticket, HttpResponse<byte[]> answer) {
        Instant now = clock.instant();
        counters.increment(Count.REST_ANSWERED);
        AnswerHeaders headers = AnswerHeaders.of(answer.headers());
        Verdict verdict = Verdict.of(answer.statusCode(), headers.retryAfter(), answer.body(), now);
        lock.lock();
        try {
            count(ticket, headers, now);
            settle(waiting, verdict, answer.body(), now);
        } finally {
            lock.unlock();
        }
    }

    private void count(WeightBudget.Ticket ticket, AnswerHeaders headers, Instant now) {
        headers.date()
                .ifPresentOrElse(
                        date -> budget.answered(ticket, headers.usedWeight(), date, now),
                        () -> budget.answered(ticket, headers.usedWeight(), now));
    }

    private void unanswered(
            RestQueue.Waiting waiting, WeightBudget.Ticket ticket, Throwable failure) {
        Instant now = clock.instant();
        lock.lock();
        try {
            budget.unanswered(ticket, now);
            settle(waiting, new Verdict.Transient(failure.toString()), new byte[0], now);
        } finally {
            lock.unlock();
        }
    }

    private void settle(RestQueue.Waiting waiting, Verdict verdict, byte[] body, Instant now) {
        underWay--;
        switch (verdict) {
            case Verdict.Good() ->
                    finish(waiting, new RestOutcome.Answered(body, EpochNanos.of(now).value()));
            case Verdict.Refused(int status, int code, String message) ->
                    giveUp(waiting, new RestOutcome.Refused(status, code, message));
            case Verdict.Transient(String reason) -> retry(waiting, reason, now);
            case Verdict.TooMany(Duration retryAfter) -> {
                budget.refused(retryAfter, now);
                keepStill(waiting, "429", now);
            }
            case Verdict.Banned(Duration retryAfter) -> {
                budget.banned(retryAfter, now);
                keepStill(waiting, "418", now);
            }
        }
        changed.signalAll();
    }

    private void retry(RestQueue.Waiting waiting, String reason, Instant now) {
        int attempts = waiting.attempts() + 1;
        log.atWarn()
                .addKeyValue("request", waiting.request())
                .addKeyValue("attempt", attempts)
                .addKeyValue("reason", reason)
                .log("the exchange did not answer as it should");
        if (attempts >= settings.attempts() || closed) {
            giveUp(waiting, new RestOutcome.Failed(reason));
            return;
        }
        counters.increment(Count.REST_RETRIED);
        queue.addAgain(waiting.again(attempts, now.plus(backoff.after(waiting.attempts()))));
    }

    /** No attempt is counted: the exchange did not even look at the request. */
    private void keepStill(RestQueue.Waiting waiting, String status, Instant now) {
        log.atError()
                .addKeyValue("status", status)
                .addKeyValue("until", budget.stillUntil())
                .addKeyValue("used_weight", budget.used(now))
                .log("the exchange's limit is broken: nothing is asked for until it allows it");
        if (closed) {
            giveUp(waiting, CLOSED);
            return;
        }
        counters.increment(Count.REST_RETRIED);
        queue.addAgain(waiting.again(waiting.attempts(), budget.stillUntil()));
    }

    private void giveUp(RestQueue.Waiting waiting, RestOutcome outcome) {
        counters.increment(Count.REST_FAILED);
        finish(waiting, outcome);
    }

    /** On another thread, since what hangs on the outcome must not run under the lock. */
    private void finish(RestQueue.Waiting waiting, RestOutcome outcome) {
        waiting.outcome().completeAsync(() -> outcome);
    }

    /** Those that wait fail; those under way are cut off. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            queue.takeAll().forEach(waiting -> finish(waiting, CLOSED));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        http.shutdownNow();
    }
}
