package io.tapeline.ingestor.poll;

import java.time.Instant;

/** What a poll does next. */
public sealed interface PollStep {

    record Ask(PollRequest request) implements PollStep {}

    /** Look again then, or earlier. */
    record WaitUntil(Instant time) implements PollStep {}
}
