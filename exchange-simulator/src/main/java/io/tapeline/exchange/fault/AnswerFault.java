package io.tapeline.exchange.fault;

import java.time.Duration;

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
}
