package io.tapeline.benchmarks.live;

import java.util.concurrent.atomic.AtomicLongArray;

/** When what became of each numbered event, by {@link System#nanoTime}; one run of this process. */
final class EventTimes {

    /** More than there are events in a run. */
    private static final int MOST = 1 << 16;

    private static final AtomicLongArray WRITTEN = new AtomicLongArray(MOST);
    private static final AtomicLongArray ACCEPTED = new AtomicLongArray(MOST);

    private EventTimes() {}

    /** The raw record is handed to its producer. */
    static void written(long number, long nanos) {
        WRITTEN.set((int) (number % MOST), nanos);
    }

    /** It is in the store that answers. */
    static void accepted(long number, long nanos) {
        ACCEPTED.set((int) (number % MOST), nanos);
    }

    static long writtenNanos(long number) {
        return WRITTEN.get((int) (number % MOST));
    }

    /** 0: that is not known yet. */
    static long acceptedNanos(long number) {
        return ACCEPTED.get((int) (number % MOST));
    }
}
