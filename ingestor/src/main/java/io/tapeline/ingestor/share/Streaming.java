package io.tapeline.ingestor.share;

/** How much of what a venue's line is to carry it carries just now. */
public enum Streaming {
    /** All of it. */
    ALL,
    /** Some of it is not subscribed yet, or refused. */
    SOME,
    /** No connection is open. */
    NONE
}
