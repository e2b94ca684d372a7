package io.tapeline.ingestor.coingecko;

import io.tapeline.ingestor.connection.Backoff;
import io.tapeline.ingestor.poll.PollVerdict;
import java.time.Duration;
import java.time.Instant;

/**
 * When the next call is made, and which of those that together ask for all coins: one after the
 * other, evenly spread. Each counts for the pace, whatever comes of it: some of the venue's terms
 * say that failed calls cost a credit as well (EXCHANGES.md C). Pure. Not thread-safe.
 */
final class CallPlan {

    private static final Duration AFTER_REFUSAL = Duration.ofMinutes(30);

    private final int calls;
    private final Duration pace;
    private final Backoff backoff;
    private Instant due;
    private int next;
    private int failures;

    /**
     * @param calls that ask for all coins, one or more
     * @param due time of the first
     * @param backoff waits after failures; the pace is kept besides
     */
    CallPlan(int calls, Duration pace, Instant due, Backoff backoff) {
        this.calls = calls;
        this.pace = pace;
        this.due = due;
        this.backoff = backoff;
    }

    Instant due() {
        return due;
    }

    /**
     * The call to make now; it counts as made.
     *
     * @return its number, from 0
     */
    int call(Instant now) {
        int call = next;
        next = (next + 1) % calls;
        due = now.plus(pace);
        return call;
    }

    void settled(PollVerdict verdict, Instant now) {
        switch (verdict) {
            case PollVerdict.Good() -> failures = 0;
            case PollVerdict.Transient _, PollVerdict.Away _ -> notBefore(now, failed());
            case PollVerdict.TooMany(Duration retryAfter) -> {
                notBefore(now, failed());
                notBefore(now, retryAfter);
            }
            case PollVerdict.Refused _ -> {
                failures++;
                notBefore(now, AFTER_REFUSAL);
            }
        }
    }

    private Duration failed() {
        return backoff.after(failures++);
    }

    private void notBefore(Instant now, Duration wait) {
        Instant earliest = now.plus(wait);
        if (due.isBefore(earliest)) {
            due = earliest;
        }
    }
}
