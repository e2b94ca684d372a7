package io.tapeline.query.guard;

/**
 * Kinds of questions that are bounded by themselves, so that those of one kind cannot take the
 * places of another: a page of history may wait seconds for an engine or for the exchange, a latest
 * price is done in a millisecond.
 */
public enum Room {
    /** Of one instrument's live state, and whatever else is as cheap. */
    STATE,
    /** Of all instruments at once: answers of hundreds of kilobytes. */
    LISTS,
    /** Of the past: the history's engine, and at times the exchange. */
    HISTORY,
    /** Server-sent events: bounded by subscribers, and for each client. */
    LIVE,
    /** Handshakes of WebSockets, whose connections are bounded likewise. */
    SOCKET
}
