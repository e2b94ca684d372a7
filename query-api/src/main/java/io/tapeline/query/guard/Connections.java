package io.tapeline.query.guard;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How many live connections (server-sent events and WebSockets) each client has open. Holds no more
 * clients than there are connections. Thread-safe.
 */
public final class Connections {

    private static final String PLACE = Lease.class.getName();
    private static final int UPGRADED = 101;
    private static final Duration RETRY = Duration.ofSeconds(10);

    private final int most;
    private final ConcurrentMap<String, Integer> open = new ConcurrentHashMap<>();

    /**
     * @param most of one client; 0: not bounded here
     */
    public Connections(int most) {
        if (most < 0) {
            throw new IllegalArgumentException("connections: most " + most + " is negative");
        }
        this.most = most;
    }

    /** A connection's place; closing it more than once changes nothing. */
    public final class Lease implements AutoCloseable {
        private final String client;
        private final AtomicBoolean given = new AtomicBoolean();

        private Lease(String client) {
            this.client = client;
        }

        @Override
        public void close() {
            if (given.compareAndSet(false, true)) {
                open.computeIfPresent(client, (_, count) -> count == 1 ? null : count - 1);
            }
        }
    }

    /** Empty where the client has as many as it may; else held until the connection ends. */
    public Optional<Lease> open(String client) {
        boolean[] taken = new boolean[1];
        open.compute(
                client,
                (_, count) -> {
                    int before = count == null ? 0 : count;
                    taken[0] = most == 0 || before < most;
                    return taken[0] ? Integer.valueOf(before + 1) : count;
                });
        return taken[0] ? Optional.of(new Lease(client)) : Optional.empty();
    }

    /**
     * The place of the WebSocket that the request asks for: to be closed by whoever opens it, once
     * it has ended. Empty where nobody stands before it who counts.
     */
    public static Optional<Lease> placeOf(HttpServletRequest request) {
        return Optional.ofNullable((Lease) request.getAttribute(PLACE));
    }

    /** The place is with the connection if the request became one. */
    static void handOver(
            Lease lease, HttpServletRequest request, HttpServletResponse response, Handshake rest)
            throws IOException, ServletException {
        request.setAttribute(PLACE, lease);
        try {
            rest.run();
        } finally {
            if (response.getStatus() != UPGRADED) {
                lease.close();
            }
        }
    }

    /** What comes after the guard. */
    @FunctionalInterface
    interface Handshake {
        void run() throws IOException, ServletException;
    }

    /** What {@link #open} being empty means to the one who asked. */
    public Refusal.TooManyConnections refusal() {
        return new Refusal.TooManyConnections(most, RETRY);
    }

    /** Clients that have one. */
    int clients() {
        return open.size();
    }
}
