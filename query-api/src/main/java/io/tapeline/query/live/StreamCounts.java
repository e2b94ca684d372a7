package io.tapeline.query.live;

import java.util.concurrent.atomic.LongAdder;

/** What became of changes: {@code offered = taken + replaced + dropped} + those that wait. */
public final class StreamCounts {

    final LongAdder offered = new LongAdder();
    final LongAdder taken = new LongAdder();
    final LongAdder replaced = new LongAdder();
    final LongAdder dropped = new LongAdder();
    final LongAdder resyncs = new LongAdder();
    final LongAdder refused = new LongAdder();

    /** To subscribers, each counted. */
    public long offered() {
        return offered.sum();
    }

    /** To be sent. */
    public long taken() {
        return taken.sum();
    }

    /** That a newer one overtook, a whole book included. */
    public long replaced() {
        return replaced.sum();
    }

    /** Lost because too many of different kinds waited. Alert when it grows. */
    public long dropped() {
        return dropped.sum();
    }

    /** Books that were told anew to a reader that could not keep up. */
    public long resyncs() {
        return resyncs.sum();
    }

    /** Subscribers and subscriptions turned away. */
    public long refused() {
        return refused.sum();
    }
}
