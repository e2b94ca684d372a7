package io.tapeline.aggregator.audit;

/** How a book compares with a picture of it. */
public sealed interface Outcome {

    /**
     * They agree wherever they can be compared, which is at one level or more.
     *
     * @param levels at which they agree
     * @param notComparable levels that were set or removed since
     */
    record Equal(int levels, int notComparable) implements Outcome {}

    /**
     * They differ where the book should know better: within its authoritative range.
     *
     * @param first the one nearest to the other side
     * @param differences within the range
     */
    record Fault(Difference first, int differences) implements Outcome {}

    /**
     * They differ beyond the authoritative range alone. No fault: a level that rests beyond the
     * snapshot is not announced before it changes (EXCHANGES.md A.5, trap on levels beyond the
     * snapshot).
     *
     * @param first the one nearest to the other side
     */
    record BeyondRange(Difference first, int differences) implements Outcome {}

    /** At no level can they be compared. */
    record NotComparable(Why why) implements Outcome {}

    /** Another line brought it, or a newer one of its source was compared already. */
    record Known() implements Outcome {}

    /**
     * There was no live book, or a newer picture of its source was compared in its place, or there
     * was no room for it to wait.
     */
    record PassedOver() implements Outcome {}

    /** Why nothing could be compared. */
    enum Why {
        /** All that the picture shows was set or removed since. */
        CHANGED_SINCE,
        /**
         * The book begins later than the picture, or so much changed since that it is not known any
         * more what was removed.
         */
        NOT_REMEMBERED
    }
}
