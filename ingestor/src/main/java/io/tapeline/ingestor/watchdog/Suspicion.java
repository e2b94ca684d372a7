package io.tapeline.ingestor.watchdog;

import java.util.OptionalLong;

/** What is thought of a stream that is watched. Times are of {@link System#nanoTime}. */
sealed interface Suspicion {

    /** Nothing: it comes, or its silence is not yet long. */
    record None() implements Suspicion {}

    /**
     * Silent for longer than usual.
     *
     * @param witnessedNanos when another line was first seen to have brought something since
     */
    record Doubt(OptionalLong witnessedNanos) implements Suspicion {}

    /** REST is asked. */
    record Asked(OptionalLong witnessedNanos) implements Suspicion {}

    /** The exchange has something newer, which may still be on its way. */
    record Overdue(long sinceNanos) implements Suspicion {}

    /** Told: it waits to be subscribed anew. */
    record Condemned(long sinceNanos) implements Suspicion {}
}
