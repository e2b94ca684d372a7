package io.tapeline.exchange.fault;

import java.time.Duration;
import java.util.List;

/**
 * A fault of Deribit (EXCHANGES B) or CoinGecko (EXCHANGES C). A second one of the same name
 * replaces the first.
 */
public sealed interface VenueFault extends Fault {

    /** Every socket of Deribit ends. Strikes by socket. */
    record DeribitClose(SocketFault.Manner manner) implements VenueFault {
        @Override
        public String name() {
            return "deribit-close";
        }
    }

    /** The sockets that are open neither read nor write again, and stay. Strikes by socket. */
    record DeribitHalfOpen() implements VenueFault {
        @Override
        public String name() {
            return "deribit-half-open";
        }
    }

    /**
     * Channels are silent; heartbeats and answers go on.
     *
     * @param streams names of channels
     */
    record DeribitStall(NamePattern streams, Lasting lasting) implements VenueFault {
        @Override
        public String name() {
            return "deribit-stall";
        }
    }

    /** New sockets are refused with HTTP 503. */
    record DeribitRefuse(Lasting lasting) implements VenueFault {
        @Override
        public String name() {
            return "deribit-refuse";
        }
    }

    /** Every call is answered with 11051. */
    record DeribitMaintenance(Lasting lasting) implements VenueFault {
        @Override
        public String name() {
            return "deribit-maintenance";
        }
    }

    /** Heartbeats and test requests stay away. */
    record DeribitNoHeartbeat(Lasting lasting) implements VenueFault {
        @Override
        public String name() {
            return "deribit-no-heartbeat";
        }
    }

    /**
     * Calls are refused; counts calls.
     *
     * @param status an HTTP status or a code of CoinGecko's own; 1020 is a page of HTML
     */
    record CoinGeckoError(int status, Lasting lasting) implements VenueFault {

        /** What the simulated CoinGecko can refuse a call with, ascending. */
        public static final List<Integer> STATUSES =
                List.of(403, 408, 429, 500, 503, 1_020, 10_002, 10_005, 10_010, 10_011);

        public CoinGeckoError {
            if (!STATUSES.contains(status)) {
                throw new IllegalArgumentException(
                        "CoinGeckoError.status must be one of " + STATUSES + ", was " + status);
            }
        }

        @Override
        public String name() {
            return "coingecko-error";
        }
    }

    /** Values and their times stay as they are. */
    record CoinGeckoUnchanged(Lasting lasting) implements VenueFault {
        @Override
        public String name() {
            return "coingecko-unchanged";
        }
    }

    /** The values of some coins are null. */
    record CoinGeckoNulls(NamePattern coin, Lasting lasting) implements VenueFault {
        @Override
        public String name() {
            return "coingecko-nulls";
        }
    }

    /** Those that scripts can ask for, in the order of the documentation. */
    static List<FaultKind> kinds() {
        Lasting halfMinute = Lasting.during(Duration.ofSeconds(30));
        return List.of(
                FaultKind.of(
                        "deribit-close",
                        "how",
                        w ->
                                new DeribitClose(
                                        w.word(
                                                "how",
                                                SocketFault.Manner.class,
                                                SocketFault.Manner.CLOSE))),
                FaultKind.of("deribit-half-open", "", w -> new DeribitHalfOpen()),
                FaultKind.of(
                        "deribit-stall",
                        "stream for count",
                        w -> new DeribitStall(w.pattern("stream"), w.lasting(Lasting.ever()))),
                FaultKind.of(
                        "deribit-refuse",
                        "for count",
                        w -> new DeribitRefuse(w.lasting(halfMinute))),
                FaultKind.of(
                        "deribit-maintenance",
                        "for count",
                        w -> new DeribitMaintenance(w.lasting(halfMinute))),
                FaultKind.of(
                        "deribit-no-heartbeat",
                        "for",
                        w -> new DeribitNoHeartbeat(w.lasting(halfMinute))),
                FaultKind.of(
                        "coingecko-error",
                        "status for count",
                        w ->
                                new CoinGeckoError(
                                        w.number("status", 429), w.lasting(Lasting.once()))),
                FaultKind.of(
                        "coingecko-unchanged",
                        "for",
                        w ->
                                new CoinGeckoUnchanged(
                                        w.lasting(Lasting.during(Duration.ofMinutes(5))))),
                FaultKind.of(
                        "coingecko-nulls",
                        "coin for",
                        w -> new CoinGeckoNulls(w.pattern("coin"), w.lasting(Lasting.ever()))));
    }
}
