package io.tapeline.ingestor.poll;

import java.time.Instant;

/**
 * One venue's polls: decides what to ask and when, and takes what comes. All calls are made on one
 * thread; after an {@link PollStep.Ask} comes exactly one of {@link #answered} and {@link #failed}
 * before anything else is asked of it.
 */
public interface Polls {

    PollStep next(Instant now);

    void answered(PollRequest request, PollAnswer answer, Instant now);

    /** No answer came: a time-out, a connection refused or lost. */
    void failed(PollRequest request, String reason, Instant now);
}
