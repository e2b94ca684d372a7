package io.tapeline.exchange.fault;

import static io.tapeline.exchange.fault.Sockets.all;
import static io.tapeline.exchange.fault.Sockets.newest;

import java.time.Duration;
import java.util.List;

/** A fault of connections as a whole. */
public sealed interface SocketFault extends Fault {

    /** How a connection ends. */
    enum Manner {
        /** A TCP reset, without a word. */
        RESET,
        /** A close frame with code 1001. */
        CLOSE
    }

    /** The connections that it strikes. */
    Sockets sockets();

    /**
     * Connections live so long only (A.8 point 1). Strikes by connection.
     *
     * @param after since it was opened
     */
    record Lifetime(Sockets sockets, Duration after, Lasting lasting) implements SocketFault {
        public Lifetime {
            Requirement.positive("Lifetime.after", after);
        }

        @Override
        public String name() {
            return "lifetime";
        }
    }

    /**
     * Tells {@code serverShutdown}, then closes after a random while (A.2; A.8 point 2).
     *
     * @param within the longest while
     */
    record ServerShutdown(Sockets sockets, Duration within, long seed) implements SocketFault {
        public ServerShutdown {
            Requirement.notNegative("ServerShutdown.within", within);
        }

        @Override
        public String name() {
            return "server-shutdown";
        }
    }

    /** The exchange sends no pings. */
    record NoPings(Sockets sockets, Lasting lasting) implements SocketFault {
        @Override
        public String name() {
            return "no-pings";
        }
    }

    /** Pongs are lost, so that the exchange ends the connection in its time (A.8 point 3). */
    record PingTimeout(Sockets sockets, Lasting lasting) implements SocketFault {
        @Override
        public String name() {
            return "ping-timeout";
        }
    }

    /**
     * The connection stays open, but nothing is read or written any more, no ping, no close (A.8
     * point 18). At the fault's end it is reset.
     */
    record HalfOpen(Sockets sockets, Lasting lasting) implements SocketFault {
        @Override
        public String name() {
            return "half-open";
        }
    }

    /** Ends connections at once. */
    record Drop(Sockets sockets, Manner manner) implements SocketFault {
        @Override
        public String name() {
            return "drop";
        }
    }

    /** Ends all connections at one instant (A.8 point 20). */
    record DropAll(Manner manner) implements SocketFault {
        @Override
        public String name() {
            return "drop-all";
        }

        @Override
        public Sockets sockets() {
            return Sockets.all();
        }
    }

    /**
     * The socket takes so many bytes a second only; what waits too long fills its queue.
     *
     * @param bytesPerSecond of frames' payloads
     */
    record Slow(Sockets sockets, int bytesPerSecond, Lasting lasting) implements SocketFault {
        public Slow {
            Requirement.within("Slow.bytesPerSecond", bytesPerSecond, 1, 1_000_000_000);
        }

        @Override
        public String name() {
            return "slow";
        }
    }

    /**
     * New sockets are refused (A.8 point 6). Strikes by attempt.
     *
     * @param status the HTTP status, 400 to 599
     */
    record RefuseConnects(int status, Lasting lasting) implements SocketFault {
        public RefuseConnects {
            Requirement.within("RefuseConnects.status", status, 400, 599);
        }

        @Override
        public String name() {
            return "refuse-connects";
        }

        @Override
        public Sockets sockets() {
            return Sockets.all();
        }
    }

    /** Those that scripts can ask for, in the order of the documentation. */
    static List<FaultKind> kinds() {
        return List.of(
                FaultKind.of(
                        "lifetime",
                        "connection after for count",
                        w ->
                                new Lifetime(
                                        w.sockets(all()),
                                        w.span("after"),
                                        w.lasting(Lasting.ever()))),
                FaultKind.of(
                        "server-shutdown",
                        "connection within seed",
                        w ->
                                new ServerShutdown(
                                        w.sockets(all()),
                                        w.span("within", Duration.ofSeconds(10)),
                                        w.seed())),
                FaultKind.of(
                        "no-pings",
                        "connection for",
                        w -> new NoPings(w.sockets(all()), w.lasting(Lasting.ever()))),
                FaultKind.of(
                        "ping-timeout",
                        "connection for",
                        w -> new PingTimeout(w.sockets(newest()), w.lasting(Lasting.ever()))),
                FaultKind.of(
                        "half-open",
                        "connection for",
                        w ->
                                new HalfOpen(
                                        w.sockets(newest()),
                                        w.lasting(Lasting.during(Duration.ofMinutes(10))))),
                FaultKind.of(
                        "drop",
                        "connection how",
                        w ->
                                new Drop(
                                        w.sockets(newest()),
                                        w.word(
                                                "how",
                                                SocketFault.Manner.class,
                                                SocketFault.Manner.RESET))),
                FaultKind.of(
                        "drop-all",
                        "how",
                        w ->
                                new DropAll(
                                        w.word(
                                                "how",
                                                SocketFault.Manner.class,
                                                SocketFault.Manner.RESET))),
                FaultKind.of(
                        "slow",
                        "connection rate for",
                        w ->
                                new Slow(
                                        w.sockets(newest()),
                                        w.number("rate", 10_000),
                                        w.lasting(Lasting.ever()))),
                FaultKind.of(
                        "refuse-connects",
                        "status for count",
                        w ->
                                new RefuseConnects(
                                        w.number("status", 503),
                                        w.lasting(Lasting.during(Duration.ofSeconds(30))))));
    }
}
