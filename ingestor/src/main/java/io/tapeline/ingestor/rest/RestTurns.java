package io.tapeline.ingestor.rest;

import io.tapeline.ingestor.connection.Backoff;
import io.tapeline.ingestor.feed.IngestorCounters;
import io.tapeline.ingestor.feed.IngestorCounters.Count;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which request goes when, and what becomes of it. Decides only: another sends, and waits. Pure but
 * for its state; not thread-safe.
 */
final class RestTurns {

    private static final Logger log = LoggerFactory.getLogger(RestTurns.class);

    /** How long to keep still after a 429 that does not say. */
    private static final Duration TOO_MANY_DEFAULT = Duration.ofSeconds(60);

    /** The shortest ban there is (EXCHANGES.md A.7). */
    private static final Duration BANNED_DEFAULT = Duration.ofMinutes(2);

    /** What is to be done now. */
    sealed interface Turn {

        /** To be sent at once. */
        record Send(Attempt attempt) implements Turn {}

        /**
         * @param until look again then, or when something has come or ended; {@link Instant#MAX}:
         *     only then
         */
        record Wait(Instant until) implements Turn {}
    }

    /** A request under way. */
    record Attempt(RestQueue.Waiting waiting, WeightBudget.Ticket ticket) {}

    private final RestSettings settings;
    private final Backoff backoff;
    private final IngestorCounters counters;
    private final RestQueue queue;
    private final WeightBudget budget;
    private final Outage outage;
    private int underWay;

    RestTurns(RestSettings settings, Backoff backoff, IngestorCounters counters) {
        this.settings = settings;
        this.backoff = backoff;
        this.counters = counters;
        this.queue = new RestQueue(settings.queue());
        this.budget =
                new WeightBudget(
                        List.of(
                                RateLimit.weightPerMinute(settings.weightPerMinute()),
                                RateLimit.requestsPerFiveMinutes(settings.requestsPer5Minutes())),
                        settings.weightShare());
        this.outage = new Outage(settings.concurrency(), backoff);
    }

    /** Null if there is no room. */
    RestQueue.@Nullable Waiting add(RestRequest request, Priority priority, Instant now) {
        RestQueue.@Nullable Waiting waiting = queue.add(request, priority, now);
        if (waiting == null) {
            counters.increment(Count.REST_OVERFLOWED);
        }
        return waiting;
    }

    /** What the exchange says that it allows; nothing is changed by an empty list. */
    void limits(List<RateLimit> limits) {
        budget.limits(limits);
    }

    Turn next(Instant now) {
        RestQueue.@Nullable Waiting head = queue.head(now);
        if (head == null) {
            return new Turn.Wait(queue.nextDue().orElse(Instant.MAX));
        }
        if (underWay >= settings.concurrency() || outage.isOn() && underWay > 0) {
            return new Turn.Wait(Instant.MAX);
        }
        if (outage.isOn() && now.isBefore(outage.tryAt())) {
            return new Turn.Wait(outage.tryAt());
        }
        return switch (budget.ask(head.request().weight(), head.priority(), now)) {
            case WeightBudget.Decision.Wait(Instant until) -> new Turn.Wait(until);
            case WeightBudget.Decision.Busy() -> new Turn.Wait(Instant.MAX);
            case WeightBudget.Decision.Go(WeightBudget.Ticket ticket) -> {
                queue.removeHead();
                underWay++;
                yield new Turn.Send(new Attempt(head, ticket));
            }
        };
    }

    /** An answer came; empty if the request is to be tried again. */
    Optional<RestOutcome> answered(
            Attempt attempt, RestAnswer answer, long receivedNanos, Instant now) {
        underWay--;
        counters.increment(Count.REST_ANSWERED);
        budget.answered(attempt.ticket, answer.headers(), now);
        Instant exchangeTime = answer.headers().date().orElseGet(() -> budget.exchangeTime(now));
        Verdict verdict =
                Verdict.of(
                        answer.status(),
                        answer.headers().retryAfter(),
                        answer.body(),
                        exchangeTime);
        return switch (verdict) {
            case Verdict.Good() -> {
                outage.over();
                yield Optional.of(new RestOutcome.Answered(answer.body(), receivedNanos));
            }
            case Verdict.Refused(int status, int code, String message) -> {
                outage.over();
                counters.increment(Count.REST_REFUSED);
                yield Optional.of(new RestOutcome.Refused(status, code, message));
            }
            case Verdict.Transient(String reason) -> failed(attempt.waiting, reason, now);
            case Verdict.Blocked(Duration wait) -> {
                counters.increment(Count.REST_BLOCKED);
                budget.keepStill(now.plus(wait.isZero() ? outage.blocked() : wait));
                yield retry(attempt.waiting, "status 403", now);
            }
            case Verdict.TooMany(Duration wait) -> {
                counters.increment(Count.REST_LIMITED);
                yield keepStill(
                        attempt.waiting, "429", wait.isZero() ? TOO_MANY_DEFAULT : wait, now);
            }
            case Verdict.Banned(Duration wait) -> {
                counters.increment(Count.REST_BANNED);
                yield keepStill(attempt.waiting, "418", wait.isZero() ? BANNED_DEFAULT : wait, now);
            }
        };
    }

    /** No answer came; empty if the request is to be tried again. */
    Optional<RestOutcome> unanswered(Attempt attempt, Throwable failure, Instant now) {
        underWay--;
        if (RestTransport.neverSent(failure)) {
            budget.unsent(attempt.ticket);
        } else {
            budget.unanswered(attempt.ticket, now);
        }
        return failed(attempt.waiting, failure.toString(), now);
    }

    /** It could not be sent at all, and would not be another time. */
    RestOutcome broken(Attempt attempt, RuntimeException reason) {
        underWay--;
        budget.unsent(attempt.ticket);
        return broken(reason);
    }

    /** What became of a request that nobody can judge. */
    RestOutcome broken(RuntimeException reason) {
        counters.increment(Count.REST_FAILED);
        return new RestOutcome.Failed(reason.toString());
    }

    /** Takes out the one of which {@link #next} cannot decide; null if there is none. */
    RestQueue.@Nullable Waiting takeHead() {
        return queue.takeHead();
    }

    private Optional<RestOutcome> failed(RestQueue.Waiting waiting, String reason, Instant now) {
        outage.failed(now);
        return retry(waiting, reason, now);
    }

    private Optional<RestOutcome> retry(RestQueue.Waiting waiting, String reason, Instant now) {
        int attempts = waiting.attempts() + 1;
        log.atWarn()
                .addKeyValue("request", waiting.request())
                .addKeyValue("attempt", attempts)
                .addKeyValue("reason", reason)
                .log("the exchange did not answer as it should");
        if (attempts >= settings.attempts()) {
            counters.increment(Count.REST_FAILED);
            return Optional.of(new RestOutcome.Failed(reason));
        }
        counters.increment(Count.REST_RETRIED);
        queue.addAgain(waiting.again(attempts, now.plus(backoff.after(waiting.attempts()))));
        return Optional.empty();
    }

    /** No attempt is counted: the exchange did not even look at the request. */
    private Optional<RestOutcome> keepStill(
            RestQueue.Waiting waiting, String status, Duration wait, Instant now) {
        budget.keepStill(now.plus(wait));
        log.atError()
                .addKeyValue("status", status)
                .addKeyValue("until", budget.stillUntil())
                .addKeyValue("used_weight", budget.used(now))
                .log("the exchange's limit is broken: nothing is asked for until it allows it");
        counters.increment(Count.REST_RETRIED);
        queue.addAgain(waiting.again(waiting.attempts(), budget.stillUntil()));
        return Optional.empty();
    }

    int waiting() {
        return queue.size();
    }

    int usedWeight(Instant now) {
        return budget.used(now);
    }

    /** What a priority can have of the weight in a minute at most. */
    int ceiling(Priority priority) {
        return (int) (budget.weightLimit() * settings.weightShare() * priority.ceiling());
    }

    /** What the exchange allows of weight in a minute. */
    int weightLimit() {
        return budget.weightLimit();
    }

    /** Nothing may be asked for before; in the past if nothing forbids it. */
    Instant stillUntil() {
        return budget.stillUntil();
    }

    long clockAheadMillis() {
        return budget.clockAheadMillis();
    }

    /** Empties the queue and gives what was in it. */
    List<RestQueue.Waiting> takeAll() {
        return queue.takeAll();
    }
}
