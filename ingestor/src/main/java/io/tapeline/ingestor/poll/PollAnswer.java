package io.tapeline.ingestor.poll;

import java.time.Duration;

/**
 * What came back, whatever its status.
 *
 * @param retryAfter what the header of that name says; zero if it says nothing
 * @param body verbatim; not copied
 * @param receivedNanos when its last byte was read, nanoseconds since the epoch
 */
public record PollAnswer(int status, Duration retryAfter, byte[] body, long receivedNanos) {

    @Override
    public String toString() {
        return "PollAnswer[" + status + ", " + body.length + " bytes]";
    }
}
