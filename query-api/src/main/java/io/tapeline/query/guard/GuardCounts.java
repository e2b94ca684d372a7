package io.tapeline.query.guard;

import java.util.concurrent.atomic.LongAdder;

/**
 * What became of questions: asked = answered by status + refused. Counting costs next to nothing,
 * unlike observations.
 */
public final class GuardCounts {

    private final LongAdder[] byHundred = new LongAdder[6];
    private final LongAdder weight = new LongAdder();
    private final LongAdder connections = new LongAdder();
    private final LongAdder room = new LongAdder();
    private final LongAdder key = new LongAdder();
    private final LongAdder host = new LongAdder();
    private volatile Times times = (room, nanos) -> {};

    /** Told how long each question of a room took, on its thread. */
    @FunctionalInterface
    public interface Times {
        void took(Room room, long nanos);
    }

    GuardCounts() {
        for (int i = 0; i < byHundred.length; i++) {
            byHundred[i] = new LongAdder();
        }
    }

    void answered(int status) {
        byHundred[Math.clamp(status / 100, 0, 5)].increment();
    }

    void took(Room room, long nanos) {
        times.took(room, nanos);
    }

    /** From now on; streams and WebSockets, which last as their readers like, are not timed. */
    public void timeWith(Times told) {
        times = told;
    }

    void refused(Refusal refusal) {
        switch (refusal) {
            case Refusal.TooMuchWeight _ -> weight.increment();
            case Refusal.TooManyConnections _ -> connections.increment();
            case Refusal.NoRoom _ -> room.increment();
            case Refusal.NoKey _ -> key.increment();
            case Refusal.UnknownHost _ -> host.increment();
        }
    }

    /**
     * Answers, refusals not among them.
     *
     * @param hundred 2 for 200 to 299, and so on
     */
    public long answers(int hundred) {
        return byHundred[hundred].sum();
    }

    /** Questions of clients that had used up their minute. */
    public long refusedForWeight() {
        return weight.sum();
    }

    /** Live connections of clients that had as many as they may. */
    public long refusedForConnections() {
        return connections.sum();
    }

    /** Questions that found no room. Alert when it grows: there is more work than can be done. */
    public long refusedForRoom() {
        return room.sum();
    }

    /** Questions that needed a key and had none, or a wrong one. */
    public long refusedForKey() {
        return key.sum();
    }

    /** Questions by a name that is none of this server. */
    public long refusedForHost() {
        return host.sum();
    }
}
