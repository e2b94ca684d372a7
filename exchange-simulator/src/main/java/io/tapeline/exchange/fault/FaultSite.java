package io.tapeline.exchange.fault;

import java.time.Instant;

/**
 * The place of the exchange at which faults of one kind are done. Called by one thread at a time.
 */
public interface FaultSite<F extends Fault> {

    /** The fault begins: whatever is one act is done now and struck, the rest goes on. */
    void begin(F fault, ActiveFault active);

    /** The fault has ended, by its time, its count or from outside. */
    void end(F fault, ActiveFault active);

    /** What is due by the clock; called often, also without faults. */
    default void tick(Instant now) {}

    /** The exchange stops: nothing is held back any longer. */
    default void stop() {}
}
