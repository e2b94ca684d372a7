package io.tapeline.query.mirror.stream;

/** What waits to be sent to a client. */
sealed interface Outgoing {

    record Event(StreamEvent event) implements Outgoing {}

    /** An answer, or an event that no stream makes. */
    record Words(String text) implements Outgoing {}
}
