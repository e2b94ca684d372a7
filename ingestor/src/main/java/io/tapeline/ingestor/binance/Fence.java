package io.tapeline.ingestor.binance;

/**
 * A sign that is asked of the exchange: as it answers in order, all that it sent on the connection
 * before the question was asked has come when the answer does.
 */
final class Fence {

    private enum State {
        NONE,
        WANTED,
        PASSED
    }

    private State state = State.NONE;

    void want() {
        if (state == State.NONE) {
            state = State.WANTED;
        }
    }

    boolean isWanted() {
        return state == State.WANTED;
    }

    /** The answer has come. */
    void pass() {
        if (state == State.WANTED) {
            state = State.PASSED;
        }
    }

    boolean isPassed() {
        return state == State.PASSED;
    }

    void withdraw() {
        state = State.NONE;
    }
}
