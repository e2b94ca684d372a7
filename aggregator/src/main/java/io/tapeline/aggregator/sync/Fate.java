package io.tapeline.aggregator.sync;

/**
 * What became of a depth message. Each has exactly one, so that over any time {@code received =
 * applied + duplicates + buffered + snapshots used + snapshots held + snapshots ignored + pictures}
 * (and dead, for those that could not be decoded).
 */
public enum Fate {
    /** The update is in the book. */
    APPLIED,
    /** All it tells is in the book already (A.5 step 6a). */
    DUPLICATE,
    /** The update waits: for a snapshot, or for those that go before it. */
    BUFFERED,
    /** The snapshot became the book. */
    SNAPSHOT_USED,
    /** The snapshot is newer than the live book, and waits for the book to reach it. */
    SNAPSHOT_HELD,
    /** The snapshot was not needed, or was older than what it should have mended. */
    SNAPSHOT_IGNORED,
    /** The book was held against the picture, or will be. */
    PICTURE,
    /** The picture told what another had told. */
    PICTURE_KNOWN
}
