package io.tapeline.ingestor.poll;

import java.time.Duration;

/** What an answer means for the next request. */
public sealed interface PollVerdict {

    /** The body is what was asked for. */
    record Good() implements PollVerdict {}

    /** To be tried again: an outage, a time-out, a page of HTML. */
    record Transient(String reason) implements PollVerdict {}

    /** The venue is away for a while, maintenance for example: to be tried again much later. */
    record Away(String reason) implements PollVerdict {}

    /**
     * A limit is reached: nothing may be asked for a while.
     *
     * @param retryAfter zero if the venue did not say
     */
    record TooMany(Duration retryAfter) implements PollVerdict {}

    /** The venue understood and says no, and would again. */
    record Refused(int code, String message) implements PollVerdict {}
}
