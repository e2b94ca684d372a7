package io.tapeline.query.socket;

import org.jspecify.annotations.Nullable;

/** One side of what goes over a connection: hears what the client says, has what it is to hear. */
public interface Talk {

    /** Once, first. */
    void opened(Peer peer);

    /** A message of the client; one at a time. May wait: holds up this connection's reading. */
    void heard(String message);

    /**
     * The next message, as UTF-8, which must not be changed afterwards and may be sent to others
     * too; null where none waits, until {@link Peer#ready}. Asked for only when the connection
     * takes more, one at a time, by a thread that sends to others too: must not wait.
     */
    byte @Nullable [] next();

    /** Once, last. */
    void ended();
}
