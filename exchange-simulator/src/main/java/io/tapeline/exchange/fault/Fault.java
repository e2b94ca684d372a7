package io.tapeline.exchange.fault;

/**
 * Something that goes wrong at the exchange or on the way to it (EXCHANGES A.8). Immutable; what
 * came of one that was injected is told by {@link ActiveFault}.
 */
public sealed interface Fault
        permits SocketFault, EventFault, AnswerFault, RestFault, MarketFault, VenueFault {

    /** The name in scripts, kebab case; stable. */
    String name();

    /** How long it goes on, by time or by number; {@link Lasting#once()} where it is one act. */
    default Lasting lasting() {
        return Lasting.once();
    }

    /** The fault as a line of a script, without an offset. */
    default String line() {
        return FaultText.of(this);
    }
}
