package io.tapeline.query.follow;

import java.util.concurrent.atomic.LongAdder;

/** What is counted of following. */
public final class FollowCounts {

    final LongAdder told = new LongAdder();
    final LongAdder snapshots = new LongAdder();
    final LongAdder gaps = new LongAdder();
    final LongAdder moved = new LongAdder();
    final LongAdder broken = new LongAdder();
    final LongAdder malformed = new LongAdder();

    /** Events told to those who watch, each counted once. */
    public long told() {
        return told.sum();
    }

    /** Whole books that feeds told. */
    public long snapshots() {
        return snapshots.sum();
    }

    /** Deltas that did not follow, upon which the book was asked for anew. Alert on any. */
    public long gaps() {
        return gaps.sum();
    }

    /** Instruments that an aggregator said to be another's, or not ready. */
    public long moved() {
        return moved.sum();
    }

    /** Feeds that ended, or fell silent, though they were wanted. */
    public long broken() {
        return broken.sum();
    }

    /** Messages that could not be understood, upon which their feed was begun anew. */
    public long malformed() {
        return malformed.sum();
    }
}
