package io.tapeline.exchange.fault;

import static io.tapeline.exchange.fault.Sockets.newest;

import java.time.Duration;
import java.util.List;

/**
 * A fault of events on their way to the sockets. The market does not know of it. Counts are for
 * each connection; where a count is given, those connections that are there when it begins.
 */
public sealed interface EventFault extends Fault {

    Scope scope();

    /** Streams stop; the connection stays, and its pings go on (A.8 point 7). */
    record Stall(Scope scope, Lasting lasting) implements EventFault {
        @Override
        public String name() {
            return "stall";
        }
    }

    /**
     * Events are dropped (A.8 point 8).
     *
     * @param chance of each event, in per cent
     */
    record Gap(Scope scope, int chance, long seed, Lasting lasting) implements EventFault {
        public Gap {
            Requirement.within("Gap.chance", chance, 1, 100);
        }

        @Override
        public String name() {
            return "gap";
        }
    }

    /**
     * Events are sent twice.
     *
     * @param chance of each event, in per cent
     */
    record Duplicate(Scope scope, int chance, long seed, Lasting lasting) implements EventFault {
        public Duplicate {
            Requirement.within("Duplicate.chance", chance, 1, 100);
        }

        @Override
        public String name() {
            return "duplicate";
        }
    }

    /**
     * Events of a connection come in another order: so many are collected, and sent shuffled.
     * Counts the groups.
     *
     * @param window how many are collected
     */
    record Reorder(Scope scope, int window, long seed, Lasting lasting) implements EventFault {
        public Reorder {
            Requirement.within("Reorder.window", window, 2, 1_000);
        }

        @Override
        public String name() {
            return "reorder";
        }
    }

    /**
     * Events come later, in their order: with two connections, other than on the other one (A.8
     * point 8).
     */
    record Delay(Scope scope, Duration by, Lasting lasting) implements EventFault {
        public Delay {
            Requirement.positive("Delay.by", by);
        }

        @Override
        public String name() {
            return "delay";
        }
    }

    /** The last event of a candle, {@code x:true}, does not come (A.8 point 16). */
    record MissingClose(Scope scope, Lasting lasting) implements EventFault {
        @Override
        public String name() {
            return "missing-close";
        }
    }

    /**
     * The events of books come later than they should, so that the snapshot is ahead of several of
     * them (A.8 point 9).
     */
    record SnapshotAhead(NamePattern symbols, Duration by, Lasting lasting) implements EventFault {
        public SnapshotAhead {
            Requirement.positive("SnapshotAhead.by", by);
        }

        @Override
        public String name() {
            return "snapshot-ahead";
        }

        @Override
        public Scope scope() {
            return new Scope(Sockets.all(), new NamePattern("*@depth*"), symbols);
        }
    }

    /** Those that scripts can ask for, in the order of the documentation. */
    static List<FaultKind> kinds() {
        return List.of(
                FaultKind.of(
                        "stall",
                        "connection stream symbol for count",
                        w -> new Stall(w.scope(newest()), w.lasting(Lasting.ever()))),
                FaultKind.of(
                        "gap",
                        "connection stream symbol chance seed for count",
                        w ->
                                new Gap(
                                        w.scope(newest()),
                                        w.number("chance", 100),
                                        w.seed(),
                                        w.lasting(Lasting.once()))),
                FaultKind.of(
                        "duplicate",
                        "connection stream symbol chance seed for count",
                        w ->
                                new Duplicate(
                                        w.scope(newest()),
                                        w.number("chance", 100),
                                        w.seed(),
                                        w.lasting(Lasting.once()))),
                FaultKind.of(
                        "reorder",
                        "connection stream symbol window seed for count",
                        w ->
                                new Reorder(
                                        w.scope(newest()),
                                        w.number("window", 3),
                                        w.seed(),
                                        w.lasting(Lasting.once()))),
                FaultKind.of(
                        "delay",
                        "connection stream symbol by for",
                        w -> new Delay(w.scope(newest()), w.span("by"), w.lasting(Lasting.ever()))),
                FaultKind.of(
                        "missing-close",
                        "connection stream symbol for count",
                        w -> new MissingClose(w.scope(newest()), w.lasting(Lasting.once()))),
                FaultKind.of(
                        "snapshot-ahead",
                        "symbol by for",
                        w ->
                                new SnapshotAhead(
                                        w.pattern("symbol"),
                                        w.span("by", Duration.ofSeconds(2)),
                                        w.lasting(Lasting.during(Duration.ofSeconds(30))))));
    }
}
