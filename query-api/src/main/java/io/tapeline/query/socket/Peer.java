package io.tapeline.query.socket;

/** A connection, to those who talk over it. For any thread; nothing waits. */
public interface Peer {

    /** {@link Talk#next} has something. */
    void ready();

    /**
     * Ends it after what has been taken for sending.
     *
     * @param reason for the client, of at most 123 bytes
     */
    void close(CloseCode code, String reason);
}
