package io.tapeline.ingestor.rest;

/**
 * Who goes first when the weight is short, in this order. Each may use the exchange's minute up to
 * its ceiling only, so that those above it find something left.
 */
public enum Priority {
    /** A book or a candle that readers are waiting for. */
    RESYNC(1.0),
    /** What is missing from the past; also what a reader asks for directly. */
    BACKFILL(0.85),
    /** Which instruments there are, and checks of what is held. */
    AUDIT(0.7),
    /** Collections of everything. */
    BULK(0.5);

    private final double ceiling;

    Priority(double ceiling) {
        this.ceiling = ceiling;
    }

    /** Share of the budget, above 0, at most 1. */
    double ceiling() {
        return ceiling;
    }
}
