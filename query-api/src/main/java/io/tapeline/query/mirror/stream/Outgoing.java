package io.tapeline.query.mirror.stream;

/** What waits to be written to a client. */
sealed interface Outgoing {

    record Event(StreamEvent event) implements Outgoing {}

    /** An answer, or an event that no stream makes. */
    record Words(String text) implements Outgoing {}

    record Ping(byte[] payload) implements Outgoing {}

    /** After it nothing is written. */
    record End(int code, String reason) implements Outgoing {}
}
