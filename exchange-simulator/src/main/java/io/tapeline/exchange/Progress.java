package io.tapeline.exchange;

/**
 * How far a market has come.
 *
 * @param events market events so far: orders of a made-up market, lines of a recording
 * @param totalEvents how many there will be; -1 where there is no end
 * @param state what goes on
 */
public record Progress(long events, long totalEvents, State state) {

    /** What a market does. */
    public enum State {
        /** Nobody has subscribed yet. */
        WAITING,
        RUNNING,
        /** The recording is over; its last state is served on. */
        FINISHED,
        /** The market stopped for a fault that the log tells. */
        FAILED
    }
}
