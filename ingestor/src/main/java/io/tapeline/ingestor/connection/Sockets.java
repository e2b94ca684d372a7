package io.tapeline.ingestor.connection;

import java.net.URI;
import java.time.Duration;

/** Opens WebSocket connections. */
public interface Sockets {

    /** Begins to connect; returns at once. What becomes of it, the listener hears. */
    void connect(URI address, Listener listener);

    /** One open connection. Thread-safe; sending on a closed one does nothing. */
    interface Socket {

        /** Sends a text message, after those sent before; returns at once. */
        void send(String text);

        /** Closes politely, and soon in any case. */
        void close();
    }

    /**
     * What a connection tells. {@link #ended} comes exactly once and last, also where the
     * connection was never made.
     */
    interface Listener {

        void opened(Socket socket);

        /**
         * A whole text message: the bytes from inclusive to exclusive, good during the call only.
         *
         * @param receivedNanos when its last byte was read, nanoseconds since the epoch
         */
        void message(byte[] bytes, int from, int to, long receivedNanos);

        /**
         * The other side answered the upgrade with this HTTP status; {@link #ended} follows.
         *
         * @param retryAfter what it says that one shall wait; zero if it does not say
         */
        default void refused(int status, Duration retryAfter) {}

        /** A message larger than is taken has come; {@link #ended} follows. */
        default void tooLarge() {}

        /**
         * @param reason for a log: the close code and what the other side said, or the failure
         */
        void ended(String reason);
    }
}
