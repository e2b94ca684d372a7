package io.tapeline.exchange.fault;

import static io.tapeline.exchange.fault.Sockets.all;

import java.time.Duration;
import java.util.List;

/**
 * A fault in the answers to {@code SUBSCRIBE} (A.3; A.8 point 19). Strikes the requests of the
 * scope's connections that name at least one of its streams; counts requests, of all connections
 * together.
 */
public sealed interface AnswerFault extends Fault {

    /** The two shapes in which errors are answered (A.3). */
    enum Shape {
        /** {@code {"error":{"code":..,"msg":..},"id":..}}. */
        WRAPPED,
        /** {@code {"code":..,"msg":..}}, without an id. */
        PLAIN
    }

    Scope scope();

    /** The acknowledgement comes later than the first events. */
    record LateAck(Scope scope, Duration by, Lasting lasting) implements AnswerFault {
        public LateAck {
            Requirement.positive("LateAck.by", by);
        }

        @Override
        public String name() {
            return "late-ack";
        }
    }

    /** The events come, the acknowledgement never does. */
    record NoAck(Scope scope, Lasting lasting) implements AnswerFault {
        @Override
        public String name() {
            return "no-ack";
        }
    }

    /**
     * The acknowledgement comes, but only the first streams of the request do.
     *
     * @param keep how many
     */
    record PartialAck(Scope scope, int keep, Lasting lasting) implements AnswerFault {
        public PartialAck {
            Requirement.within("PartialAck.keep", keep, 0, 1_024);
        }

        @Override
        public String name() {
            return "partial-ack";
        }
    }

    /** The request is answered with an error and has no effect. */
    record ErrorAnswer(Scope scope, Shape shape, Lasting lasting) implements AnswerFault {
        @Override
        public String name() {
            return "error-answer";
        }
    }

    /** Those that scripts can ask for, in the order of the documentation. */
    static List<FaultKind> kinds() {
        return List.of(
                FaultKind.of(
                        "late-ack",
                        "connection stream symbol by for count",
                        w ->
                                new LateAck(
                                        w.scope(all()),
                                        w.span("by", Duration.ofSeconds(2)),
                                        w.lasting(Lasting.once()))),
                FaultKind.of(
                        "no-ack",
                        "connection stream symbol for count",
                        w -> new NoAck(w.scope(all()), w.lasting(Lasting.once()))),
                FaultKind.of(
                        "partial-ack",
                        "connection stream symbol keep for count",
                        w ->
                                new PartialAck(
                                        w.scope(all()),
                                        w.number("keep", 1),
                                        w.lasting(Lasting.once()))),
                FaultKind.of(
                        "error-answer",
                        "connection stream symbol shape for count",
                        w ->
                                new ErrorAnswer(
                                        w.scope(all()),
                                        w.word(
                                                "shape",
                                                AnswerFault.Shape.class,
                                                AnswerFault.Shape.WRAPPED),
                                        w.lasting(Lasting.once()))));
    }
}
