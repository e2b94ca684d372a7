package io.tapeline.exchange.stream;

import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.jspecify.annotations.Nullable;

/** The ways in which a client's socket goes on and ends; before it is open there is nothing to. */
final class ClientSocket {

    private final Transport transport;
    private volatile boolean frozen;
    private volatile @Nullable CoreSession session;

    ClientSocket(Transport transport) {
        this.transport = transport;
    }

    void opened(CoreSession opened) {
        session = opened;
    }

    /** The next frame may come, unless the socket is frozen. */
    void demand() {
        CoreSession open = session;
        if (open != null && !frozen) {
            open.demand();
        }
    }

    /** From now on nothing is read; the socket stays open. */
    void freeze() {
        frozen = true;
    }

    boolean isFrozen() {
        return frozen;
    }

    /** Says goodbye. */
    void close(int code, String reason) {
        CoreSession open = session;
        if (open != null) {
            open.close(code, reason, Callback.from(() -> {}, failure -> open.abort()));
        }
    }

    /** Drops it without a word. */
    void abort() {
        CoreSession open = session;
        if (open != null) {
            open.abort();
        }
    }

    /** Ends it with a TCP reset. */
    void reset() {
        transport.reset();
        abort();
    }
}
