package io.tapeline.query.socket;

import io.tapeline.query.guard.Connections;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections of this process, and the threads that write to them. */
public final class Sockets implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Sockets.class);

    /** After a close was sent, the other side has so long to answer it. */
    static final Duration CLOSES_WITHIN = Duration.ofSeconds(2);

    /** Each connection is looked at so often. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /**
     * Looked at in turns. A thousand who came at once would all be asked for a sign of life at
     * once, and their answers stood before whatever else was to be read or told.
     */
    private static final int TURNS = 20;

    private static final int MOST_SENDERS = 4;

    private final SocketSettings settings;
    private final List<Sender> senders;
    private final List<Set<Connection>> turns =
            Stream.<Set<Connection>>generate(ConcurrentHashMap::newKeySet).limit(TURNS).toList();

    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger turn = new AtomicInteger();
    private final LongAdder sent = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder letGo = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("sockets").factory());

    private int nextTurn;
    private volatile boolean closing;

    public Sockets(SocketSettings settings) {
        this.settings = settings;
        int threads = Math.min(MOST_SENDERS, Runtime.getRuntime().availableProcessors());
        senders =
                IntStream.range(0, threads)
                        .mapToObj(number -> new Sender("socket-sender-" + number))
                        .toList();
        var _ =
                clock.scheduleWithFixedDelay(
                        this::look,
                        LOOK_EVERY.toMillis() / TURNS,
                        LOOK_EVERY.toMillis() / TURNS,
                        TimeUnit.MILLISECONDS);
    }

    /**
     * Answers a request that {@link Handshake#fault} finds nothing wrong with: the connection is
     * open when the answer is sent.
     *
     * @return false if there are as many as are allowed, or the service shuts down: nothing is done
     */
    public boolean accept(HttpServletRequest request, HttpServletResponse response, Talk talk)
            throws IOException, ServletException {
        if (closing || count.incrementAndGet() > settings.mostConnections()) {
            count.decrementAndGet();
            refused.increment();
            return false;
        }
        response.setHeader("Upgrade", "websocket");
        response.setHeader("Connection", "Upgrade");
        response.setHeader(Handshake.ACCEPT, Handshake.accept(request.getHeader(Handshake.KEY)));
        Connection connection;
        try {
            connection = request.upgrade(Connection.class);
        } catch (IOException | ServletException | RuntimeException e) {
            count.decrementAndGet();
            throw e;
        }
        int which = Math.floorMod(turn.getAndIncrement(), senders.size());
        connection.begin(
                this,
                senders.get(which),
                talk,
                settings,
                Connections.placeOf(request).orElse(null));
        return true;
    }

    /** By a hash that is chance: evenly, whenever they came. */
    private Set<Connection> turnOf(Connection connection) {
        return turns.get(Math.floorMod(System.identityHashCode(connection), TURNS));
    }

    private Stream<Connection> all() {
        return turns.stream().flatMap(Set::stream);
    }

    void opened(Connection connection) {
        turnOf(connection).add(connection);
        if (closing) {
            sayGoodbye(connection);
        }
    }

    void ended(Connection connection) {
        turnOf(connection).remove(connection);
        count.decrementAndGet();
    }

    void sent() {
        sent.increment();
    }

    void failed(RuntimeException failure) {
        failures.increment();
        LOG.atError().setCause(failure).log("socket: a connection failed");
    }

    void takesNothing() {
        letGo.increment();
        LOG.atInfo()
                .addKeyValue("within", settings.takesWithin())
                .log("socket: a client that takes nothing is let go");
    }

    /** By the clock alone. */
    private void look() {
        long now = System.nanoTime();
        nextTurn = (nextTurn + 1) % TURNS;
        for (Connection connection : turns.get(nextTurn)) {
            try {
                connection.look(now, settings);
            } catch (RuntimeException e) {
                // One that is thrown would be the last look at all of them.
                failed(e);
            }
        }
    }

    public int connections() {
        return turns.stream().mapToInt(Set::size).sum();
    }

    /** Messages to clients, each counted. */
    public long sentMessages() {
        return sent.sum();
    }

    /** Connections turned away. */
    public long refused() {
        return refused.sum();
    }

    /** Clients let go because they took nothing. */
    public long letGo() {
        return letGo.sum();
    }

    /** Connections that a fault of ours ended. Alert on any. */
    public long failures() {
        return failures.sum();
    }

    private static void sayGoodbye(Connection connection) {
        connection.close(CloseCode.GOING_AWAY, "the service shuts down: connect again");
    }

    /** No more come in; tells all that are here to go, and waits a moment until they have. */
    public void drain() {
        closing = true;
        all().forEach(Sockets::sayGoodbye);
        long deadline = System.nanoTime() + CLOSES_WITHIN.toNanos();
        while (connections() > 0 && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    @Override
    public void close() {
        drain();
        all().forEach(Connection::end);
        clock.shutdownNow();
        senders.forEach(Sender::close);
    }
}
