package io.tapeline.aggregator.price;

/** What becomes of a price that a source tells. */
public enum PriceVerdict {
    /** It is the latest price now: kept and told. */
    ACCEPTED,
    /** A polled source says again what is known: kept as of later, not told. */
    CONFIRMED,
    /** The same price as of the same time. */
    DUPLICATE,
    /** As of no later than what is known. */
    LATE,
    /** Newer, but of a source that tells less than one that has just spoken. */
    POORER
}
