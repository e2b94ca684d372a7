package io.tapeline.aggregator.sync;

import java.time.Duration;

/**
 * @param maxPending most updates kept for a book that waits for its snapshot; beyond it the oldest
 *     half goes, and is counted
 * @param firstRetry how long the first request for a snapshot is waited for; each further one is
 *     waited for twice as long as the one before
 * @param longestRetry upper bound of that
 * @param patience how long the updates up to a snapshot's id may be on their way to a live book;
 *     not come by then, they were missed
 * @param reordering how long an update that came before its turn waits for those that go before it,
 *     which another line may bring, before they count as missed; anew with each step that the book
 *     makes
 * @param calm a book that was live for this long begins again with {@code firstRetry}
 * @param mostLevels of a side of a book; beyond it the farthest go
 * @param auditHeals whether a book that the exchange's own pictures contradict is lost and asked
 *     for anew; else it is counted and told alone
 */
public record SyncSettings(
        int maxPending,
        Duration firstRetry,
        Duration longestRetry,
        Duration patience,
        Duration reordering,
        Duration calm,
        int mostLevels,
        boolean auditHeals) {

    public static final SyncSettings DEFAULT =
            new SyncSettings(
                    4_096,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(60),
                    15_000,
                    true);

    public SyncSettings {
        if (maxPending < 2) {
            throw new IllegalArgumentException("sync: max pending " + maxPending + " is below 2");
        }
        requirePositive("first retry", firstRetry);
        requirePositive("longest retry", longestRetry);
        requirePositive("patience", patience);
        if (reordering.isNegative()) {
            throw new IllegalArgumentException("sync: reordering " + reordering + " is below zero");
        }
        requirePositive("calm", calm);
        if (mostLevels < 1) {
            throw new IllegalArgumentException("sync: most levels " + mostLevels + " is below 1");
        }
    }

    public SyncSettings withReordering(Duration newReordering) {
        return new SyncSettings(
                maxPending,
                firstRetry,
                longestRetry,
                patience,
                newReordering,
                calm,
                mostLevels,
                auditHeals);
    }

    public SyncSettings withBooks(int newMostLevels, boolean newAuditHeals) {
        return new SyncSettings(
                maxPending,
                firstRetry,
                longestRetry,
                patience,
                reordering,
                calm,
                newMostLevels,
                newAuditHeals);
    }

    private static void requirePositive(String field, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(
                    "sync: " + field + " " + value + " is not above zero");
        }
    }
}
