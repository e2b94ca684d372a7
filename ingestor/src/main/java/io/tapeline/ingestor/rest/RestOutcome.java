package io.tapeline.ingestor.rest;

/** What became of a request in the end. */
public sealed interface RestOutcome {

    /**
     * The exchange answered.
     *
     * @param body verbatim; not copied
     * @param receivedNanos when its last byte was read, nanoseconds since the epoch
     */
    record Answered(byte[] body, long receivedNanos) implements RestOutcome {

        @Override
        public String toString() {
            return "Answered[" + body.length + " bytes]";
        }
    }

    /** The exchange said no, and would again. */
    record Refused(int status, int code, String message) implements RestOutcome {}

    /** Given up after some attempts, or never made: the queue was full, or the client is closed. */
    record Failed(String reason) implements RestOutcome {}
}
