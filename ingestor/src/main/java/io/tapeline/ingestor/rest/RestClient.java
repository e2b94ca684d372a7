package io.tapeline.ingestor.rest;

import io.tapeline.ingestor.connection.Backoff;
import io.tapeline.ingestor.feed.IngestorCounters;
import io.tapeline.ingestor.rest.RestTurns.Attempt;
import io.tapeline.ingestor.rest.RestTurns.Turn;
import io.tapeline.schemas.market.EpochNanos;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way to an exchange's REST: every request waits here for its turn and for weight. One
 * thread sends; answers are judged where they arrive. Thread-safe.
 */
public final class RestClient implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RestClient.class);

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private static final RestOutcome CLOSED = new RestOutcome.Failed("the client is closed");
    private static final RestOutcome FULL = new RestOutcome.Failed("too many requests are waiting");

    /** Waits as long as the client's clock takes for so much time. */
    @FunctionalInterface
    interface Pace {
        void await(Condition changed, Duration atMost) throws InterruptedException;
    }

    private final Clock clock;
    private final Pace pace;
    private final RestTransport transport;
    private final Thread sender;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final RestTurns turns;
    private boolean closed;

    private RestClient(
            RestSettings settings,
            Clock clock,
            Pace pace,
            Backoff backoff,
            IngestorCounters counters) {
        this.clock = clock;
        this.pace = pace;
        this.turns = new RestTurns(settings, backoff, counters);
        this.transport = new RestTransport(settings);
        this.sender = Thread.ofPlatform().daemon().name("rest-sender").unstarted(this::send);
    }

    /** The clock is the machine's, or goes as fast. */
    public static RestClient start(
            RestSettings settings, Clock clock, Backoff backoff, IngestorCounters counters) {
        return start(
                settings,
                clock,
                (changed, atMost) -> {
                    var _ = changed.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
                },
                backoff,
                counters);
    }

    /** With a clock that goes at a pace of its own. */
    static RestClient start(
            RestSettings settings,
            Clock clock,
            Pace pace,
            Backoff backoff,
            IngestorCounters counters) {
        RestClient client = new RestClient(settings, clock, pace, backoff, counters);
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
            if (closed) {
                return CompletableFuture.completedFuture(CLOSED);
            }
            RestQueue.@Nullable Waiting waiting = turns.add(request, priority, clock.instant());
            if (waiting == null) {
                return CompletableFuture.completedFuture(FULL);
            }
            changed.signalAll();
            return waiting.outcome();
        } finally {
            lock.unlock();
        }
    }

    /** Requests that wait. */
    public int waiting() {
        return locked(RestTurns::waiting);
    }

    /** The exchange's weight that is taken as used in the current minute. */
    public int usedWeight() {
        return locked(state -> state.usedWeight(clock.instant()));
    }

    /** What collections of everything can have of the exchange's weight in a minute at most. */
    public int bulkWeightPerMinute() {
        return locked(state -> state.ceiling(Priority.BULK));
    }

    /** What the exchange allows of weight in a minute. */
    public int weightLimit() {
        return locked(RestTurns::weightLimit);
    }

    /** For how long the exchange forbids to ask for anything, in milliseconds; 0: it does not. */
    public int stillMillis() {
        return locked(state ->
                Math.clamp(
                        Duration.between(clock.instant(), state.stillUntil()).toMillis(),
                        0,
                        Integer.MAX_VALUE));
    }

    /** How far the exchange's clock is ahead of ours, in milliseconds; negative if it is behind. */
    public int clockAheadMillis() {
        return locked(state -> Math.clamp(state.clockAheadMillis(), -86_400_000, 86_400_000));
    }

    private int locked(ToIntFunction<RestTurns> value) {
        lock.lock();
        try {
            return value.applyAsInt(turns);
        } finally {
            lock.unlock();
        }
    }

    private void send() {
        lock.lock();
        try {
            while (!closed) {
                step();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closing
        } finally {
            lock.unlock();
        }
    }

    /** Whatever fails costs the request that it concerns: nobody else would send the others. */
    private void step() throws InterruptedException {
        try {
            switch (turns.next(clock.instant())) {
                case Turn.Send(Attempt attempt) -> send(attempt);
                case Turn.Wait(Instant until) -> await(until);
            }
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("it cannot be decided which request goes next");
            RestQueue.@Nullable Waiting head = turns.takeHead();
            if (head == null) {
                pace.await(changed, AFTER_FAILURE);
            } else {
                finish(head, turns.broken(e));
            }
        }
    }

    private void await(Instant until) throws InterruptedException {
        if (until.equals(Instant.MAX)) {
            changed.await();
            return;
        }
        Duration wait = Duration.between(clock.instant(), until);
        if (wait.isPositive()) {
            pace.await(changed, wait);
        }
    }

    private void send(Attempt attempt) {
        RestRequest request = attempt.waiting().request();
        CompletableFuture<RestAnswer> sent;
        try {
            sent = transport.send(request);
        } catch (RuntimeException e) {
            log.atError()
                    .addKeyValue("request", request)
                    .setCause(e)
                    .log("a request cannot be sent");
            settle(attempt, turns -> Optional.of(turns.broken(attempt, e)));
            return;
        }
        var _ =
                sent.whenComplete((answer, failure) -> {
                    Instant now = clock.instant();
                    if (failure == null) {
                        answered(attempt, answer, now);
                    } else {
                        settle(attempt, turns -> turns.unanswered(attempt, failure, now));
                    }
                });
    }

    private void answered(Attempt attempt, RestAnswer answer, Instant now) {
        // Each list of instruments says what the exchange allows (EXCHANGES.md A.6).
        List<RateLimit> limits =
                attempt.waiting().request() instanceof RestRequest.ExchangeInfo
                        ? limits(answer)
                        : List.of();
        settle(
                attempt,
                state -> {
                    Optional<RestOutcome> outcome =
                            state.answered(attempt, answer, EpochNanos.of(now).value(), now);
                    state.limits(limits);
                    return outcome;
                });
    }

    private static List<RateLimit> limits(RestAnswer answer) {
        try {
            return RateLimits.of(answer.body());
        } catch (RuntimeException e) {
            log.atWarn().setCause(e).log("what the exchange allows cannot be read: it stays");
            return List.of();
        }
    }

    /** Decides what becomes of an attempt. */
    @FunctionalInterface
    private interface Settling {
        Optional<RestOutcome> of(RestTurns turns);
    }

    private void settle(Attempt attempt, Settling settling) {
        lock.lock();
        try {
            Optional<RestOutcome> outcome = judged(attempt, settling);
            outcome.ifPresent(end -> finish(attempt.waiting(), end));
            if (closed) {
                turns.takeAll().forEach(waiting -> finish(waiting, CLOSED));
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** One of which nothing can be decided fails: who waits for it must hear of its end. */
    private Optional<RestOutcome> judged(Attempt attempt, Settling settling) {
        try {
            return settling.of(turns);
        } catch (RuntimeException e) {
            log.atError()
                    .addKeyValue("request", attempt.waiting().request())
                    .setCause(e)
                    .log("an answer cannot be judged");
            return Optional.of(turns.broken(e));
        }
    }

    /** On another thread, since what hangs on the outcome must not run under the lock. */
    private static void finish(RestQueue.Waiting waiting, RestOutcome outcome) {
        waiting.outcome().completeAsync(() -> outcome);
    }

    /** Those that wait fail; those under way are cut off. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            turns.takeAll().forEach(waiting -> finish(waiting, CLOSED));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        transport.close();
    }
}
