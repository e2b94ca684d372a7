package io.tapeline.ingestor.share;

/** How much of what a venue's line is to carry it carries just now. */
public enum Streaming {
    /** All of it, but for what the venue refuses. */
    ALL,
    /** Some of it, or everything, is not subscribed though nothing was said against it. */
    NOT_ALL
}
