package io.tapeline.query.follow;

/** How far what is told may be believed; spelled as answers spell it. */
public enum LiveState {
    LIVE,
    /** The book was lost; its last known levels are frozen. */
    RESYNCING,
    /** True once, and not known to be true still. */
    STALE
}
