package io.tapeline.ingestor.deribit;

import java.time.Duration;

/**
 * Whether a connection's heartbeats come (EXCHANGES.md B): asked for first of all, and given up
 * when too many stay away. Pure; times are of {@link System#nanoTime}. Not thread-safe.
 */
final class Heartbeats {

    private sealed interface State {

        record Due(long nanos) implements State {}

        record Asked() implements State {}

        record Beating(long newestNanos) implements State {}

        /** Refused for good: the channels' own watch has to do. */
        record None() implements State {}
    }

    private final long silenceNanos;
    private State state;

    /**
     * @param silence without heartbeat after which the connection is dead
     */
    Heartbeats(Duration silence, long nowNanos) {
        this.silenceNanos = silence.toNanos();
        this.state = new State.Due(nowNanos);
    }

    boolean isDue(long nowNanos) {
        return state instanceof State.Due(long due) && nowNanos - due >= 0;
    }

    void asked() {
        state = new State.Asked();
    }

    void confirmed(long nowNanos) {
        state = new State.Beating(nowNanos);
    }

    void askAgain(long dueNanos) {
        state = new State.Due(dueNanos);
    }

    void refused() {
        state = new State.None();
    }

    /** A heartbeat or a request for a test came. */
    void heard(long nowNanos) {
        if (state instanceof State.Beating) {
            state = new State.Beating(nowNanos);
        }
    }

    boolean areMissing(long nowNanos) {
        return state instanceof State.Beating(long newest) && nowNanos - newest >= silenceNanos;
    }

    /** The given time, or when something is due here, whichever is earlier. */
    long earlier(long nanos) {
        long due =
                switch (state) {
                    case State.Due(long at) -> at;
                    case State.Beating(long newest) -> newest + silenceNanos;
                    case State.Asked(), State.None() -> nanos;
                };
        return due - nanos < 0 ? due : nanos;
    }
}
