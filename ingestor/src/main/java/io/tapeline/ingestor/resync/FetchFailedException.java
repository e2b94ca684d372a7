package io.tapeline.ingestor.resync;

import io.tapeline.ingestor.rest.RestOutcome;

/** What was asked for has not come, or not whole. */
final class FetchFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean refused;

    FetchFailedException(RestOutcome outcome) {
        super(outcome.toString());
        this.refused = outcome instanceof RestOutcome.Refused;
    }

    FetchFailedException(String reason) {
        super(reason);
        this.refused = false;
    }

    /** Whether the exchange will not answer the same another time either. */
    boolean refused() {
        return refused;
    }
}
