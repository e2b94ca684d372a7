package io.tapeline.query.mirror.stream;

import java.util.concurrent.atomic.LongAdder;

/** What happened to the mirror's connections since the start. */
final class StreamCounts {

    private final LongAdder sent = new LongAdder();
    private final LongAdder slow = new LongAdder();
    private final LongAdder talkative = new LongAdder();
    private final LongAdder silent = new LongAdder();
    private final LongAdder refused = new LongAdder();

    void sent() {
        sent.increment();
    }

    void slow() {
        slow.increment();
    }

    void talkative() {
        talkative.increment();
    }

    void silent() {
        silent.increment();
    }

    void refused() {
        refused.increment();
    }

    /** Events written to clients. */
    long sentEvents() {
        return sent.sum();
    }

    /** Connections let go because they read too slowly. Alert when it grows. */
    long slowOnes() {
        return slow.sum();
    }

    /** Connections let go because they sent too many messages. */
    long talkativeOnes() {
        return talkative.sum();
    }

    /** Connections let go because they answered no ping. */
    long silentOnes() {
        return silent.sum();
    }

    /** Connections turned away. Alert when it grows. */
    long refusedOnes() {
        return refused.sum();
    }
}
