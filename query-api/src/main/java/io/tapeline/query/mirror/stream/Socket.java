package io.tapeline.query.mirror.stream;

import java.io.IOException;

/** A client's socket as a connection uses it; written to by one thread at a time. */
interface Socket {

    /** WebSocket's codes of an end. */
    int GOING_AWAY = 1001;

    int POLICY = 1008;

    /** Waits until it is written. */
    void text(String text) throws IOException;

    /** Waits until it is written. */
    void ping(byte[] payload) throws IOException;

    /**
     * For any thread; idempotent.
     *
     * @param reason at most 123 bytes
     */
    void close(int code, String reason);
}
