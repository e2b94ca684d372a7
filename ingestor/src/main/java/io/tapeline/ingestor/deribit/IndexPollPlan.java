package io.tapeline.ingestor.deribit;

import io.tapeline.ingestor.connection.Backoff;
import io.tapeline.ingestor.poll.PollVerdict;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * When each index is asked for: once in each minute of the clock, as near to its beginning as may
 * be, and again with back-off within it when that failed. Pure; time comes in. Not thread-safe.
 */
final class IndexPollPlan {

    private static final long NEVER = Long.MIN_VALUE;

    /** Half of what the venue gives back (EXCHANGES.md B: 20 requests a second). */
    private static final Duration SPACING = Duration.ofMillis(100);

    private static final Duration AFTER_REFUSAL = Duration.ofMinutes(10);

    /** Of one index. */
    private static final class Poll {
        private long askedMinute = NEVER;
        private long answeredMinute = NEVER;
        private int failures;
        private Instant notBefore = Instant.MIN;
        private final boolean held;

        private Poll(boolean held) {
            this.held = held;
        }
    }

    private final Map<String, Poll> polls = new LinkedHashMap<>();
    private final Backoff soon;
    private final Backoff late;
    private Instant stillUntil = Instant.MIN;
    private int stills;

    /**
     * @param soon waits after failures that pass, short of a minute
     * @param late waits while the venue is away
     */
    IndexPollPlan(Iterable<String> indices, Backoff soon, Backoff late) {
        this.soon = soon;
        this.late = late;
        indices.forEach(index -> polls.put(index, new Poll(false)));
    }

    /**
     * The index to ask for now; it counts as asked.
     *
     * @param held those of this instance; what it does not hold is forgotten until it does
     */
    Optional<String> due(Instant now, Predicate<String> held) {
        polls.replaceAll(
                (index, poll) -> held.test(index) == poll.held ? poll : new Poll(!poll.held));
        if (now.isBefore(stillUntil)) {
            return Optional.empty();
        }
        for (Map.Entry<String, Poll> entry : polls.entrySet()) {
            Poll poll = entry.getValue();
            if (poll.held && minute(now) > poll.answeredMinute && !now.isBefore(poll.notBefore)) {
                poll.askedMinute = minute(now);
                stillUntil = now.plus(SPACING);
                return Optional.of(entry.getKey());
            }
        }
        return Optional.empty();
    }

    /** When to look again at the latest, if nothing is due now. */
    Instant nextLook(Instant now) {
        Instant earliest = Instant.ofEpochSecond((minute(now) + 1) * 60);
        for (Poll poll : polls.values()) {
            if (poll.held
                    && minute(now) > poll.answeredMinute
                    && poll.notBefore.isBefore(earliest)) {
                earliest = poll.notBefore;
            }
        }
        return earliest.isBefore(stillUntil) ? stillUntil : earliest;
    }

    /**
     * @return whole minutes that went by without an answer since the one before this
     */
    long settled(String index, PollVerdict verdict, Instant now) {
        Poll poll = polls.get(index);
        if (poll == null) {
            throw new IllegalArgumentException("index poll plan: index " + index + " is unknown");
        }
        switch (verdict) {
            case PollVerdict.Good() -> {
                long missed =
                        poll.answeredMinute == NEVER
                                ? 0
                                : Math.max(0, poll.askedMinute - poll.answeredMinute - 1);
                poll.answeredMinute = poll.askedMinute;
                poll.failures = 0;
                stills = 0;
                return missed;
            }
            case PollVerdict.Transient _ -> poll.notBefore = now.plus(soon.after(poll.failures++));
            case PollVerdict.Refused _ -> poll.notBefore = now.plus(AFTER_REFUSAL);
            case PollVerdict.Away _ -> stillUntil = now.plus(late.after(stills++));
            case PollVerdict.TooMany(Duration retryAfter) -> {
                Duration wait = soon.after(stills++);
                stillUntil = now.plus(retryAfter.compareTo(wait) > 0 ? retryAfter : wait);
            }
        }
        return 0;
    }

    /** Indices that were answered in this minute or the one before. */
    int answering(Instant now) {
        return (int)
                polls.values().stream()
                        .filter(poll -> poll.answeredMinute >= minute(now) - 1)
                        .count();
    }

    private static long minute(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), 60);
    }
}
