package io.tapeline.query.history;

/** By time. */
public enum Order {
    OLDEST_FIRST,
    NEWEST_FIRST
}
