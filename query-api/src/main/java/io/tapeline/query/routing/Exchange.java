package io.tapeline.query.routing;

import io.tapeline.schemas.access.SharedSecret;
import io.tapeline.schemas.trace.RequestId;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Internal HTTP: connections that are kept alive, each for one question at a time, written and read
 * by the thread that asks; and no wait without an end. The id of the question that is being
 * answered goes with it. Meant for virtual threads.
 */
public final class Exchange implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(1);

    /** A whole answer; a book of 5,000 levels a side is under 200 KiB. */
    private static final long MOST_BYTES = 16L << 20;

    /** Kept of one instance; more may be asked over at a time. */
    private static final int MOST_IDLE = 128;

    /** Less than the instances wait before they close one. */
    private static final Duration IDLE = Duration.ofSeconds(20);

    private final Duration timeout;
    private final SharedSecret secret;
    private final Map<Address, Deque<KeptConnection>> idle = new ConcurrentHashMap<>();
    private final Set<KeptConnection> all = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * @param timeout of one request, connecting included
     */
    public Exchange(Duration timeout) {
        this(timeout, SharedSecret.NONE);
    }

    /**
     * @param timeout of one request, connecting included
     * @param secret told to all who are asked
     */
    public Exchange(Duration timeout, SharedSecret secret) {
        this.timeout = timeout;
        this.secret = secret;
    }

    /** Of one request, and of a question that takes several. */
    Duration timeout() {
        return timeout;
    }

    /**
     * @param pathAndQuery percent-encoded, begins with a slash
     * @throws IOException if no whole answer came in time
     */
    public InstanceAnswer get(Address address, String pathAndQuery) throws IOException {
        return get(address, pathAndQuery, timeout);
    }

    /**
     * @param within the body included
     * @throws IOException if no whole answer came in time
     */
    public InstanceAnswer get(Address address, String pathAndQuery, Duration within)
            throws IOException {
        byte[] request = request(address, pathAndQuery);
        Deadline deadline = Deadline.in(within);
        KeptConnection kept = takeIdle(address);
        if (kept != null) {
            try {
                return ask(kept, address, request, deadline);
            } catch (SocketTimeoutException e) {
                throw e;
            } catch (IOException e) {
                // The other side may have closed it just before it was asked: then it is asked
                // once more, over a new one. A question changes nothing, however often it is asked.
                if (closed || !kept.heardNothing() || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
            }
        }
        return ask(open(address, deadline), address, request, deadline);
    }

    private byte[] request(Address address, String pathAndQuery) {
        for (int i = 0; i < pathAndQuery.length(); i++) {
            char c = pathAndQuery.charAt(i);
            if (c <= ' ' || c > '~') {
                throw new IllegalArgumentException(
                        "path: \"" + pathAndQuery + "\" is not percent-encoded");
            }
        }
        String id = MDC.get(RequestId.LOGGED);
        return ("GET "
                        + pathAndQuery
                        + " HTTP/1.1\r\nHost: "
                        + address
                        + "\r\nAccept: application/x-protobuf\r\n"
                        + secret.told().map(Exchange::header).orElse("")
                        + (RequestId.isSane(id) ? RequestId.HEADER + ": " + id + "\r\n" : "")
                        + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String header(String secret) {
        return SharedSecret.HEADER + ": " + secret + "\r\n";
    }

    private KeptConnection open(Address address, Deadline deadline) throws IOException {
        // Those of instances that nobody asks any more too.
        for (Deque<KeptConnection> kept : idle.values()) {
            synchronized (kept) {
                endOld(kept);
            }
        }
        Duration left = deadline.left();
        KeptConnection opened =
                KeptConnection.open(
                        address,
                        MOST_BYTES,
                        Deadline.in(left.compareTo(CONNECT) < 0 ? left : CONNECT));
        all.add(opened);
        if (closed) {
            end(opened);
        }
        return opened;
    }

    private InstanceAnswer ask(
            KeptConnection connection, Address address, byte[] request, Deadline deadline)
            throws IOException {
        boolean kept = false;
        try {
            InstanceAnswer answer = connection.ask(request, deadline);
            kept = connection.goesOn() && keep(connection, address);
            return answer;
        } catch (SocketTimeoutException e) {
            throw timeout(address, e);
        } catch (IOException e) {
            throw new IOException("no answer of " + address + ": " + e.getMessage(), e);
        } finally {
            if (!kept) {
                end(connection);
            }
        }
    }

    private static SocketTimeoutException timeout(Address address, SocketTimeoutException cause) {
        SocketTimeoutException late =
                new SocketTimeoutException("no whole answer of " + address + " in time");
        late.initCause(cause);
        return late;
    }

    /** The one that was used last, so that those that are not needed grow old. */
    private @Nullable KeptConnection takeIdle(Address address) {
        Deque<KeptConnection> kept = idle.get(address);
        if (kept == null) {
            return null;
        }
        synchronized (kept) {
            endOld(kept);
            return kept.pollLast();
        }
    }

    private void endOld(Deque<KeptConnection> kept) {
        long now = System.nanoTime();
        KeptConnection oldest = kept.peekFirst();
        while (oldest != null && now - oldest.idleSince() > IDLE.toNanos()) {
            end(kept.removeFirst());
            oldest = kept.peekFirst();
        }
    }

    private boolean keep(KeptConnection connection, Address address) {
        Deque<KeptConnection> kept = idle.computeIfAbsent(address, _ -> new ArrayDeque<>());
        connection.idleSince(System.nanoTime());
        synchronized (kept) {
            return !closed && kept.size() < MOST_IDLE && kept.add(connection);
        }
    }

    private void end(KeptConnection connection) {
        all.remove(connection);
        connection.close();
    }

    /** What is being asked ends without an answer. */
    @Override
    public void close() {
        closed = true;
        all.forEach(this::end);
    }
}
