package io.tapeline.query.routing;

import java.time.Duration;

/**
 * What came of asking the aggregators.
 *
 * @param <T> what was asked for
 */
public sealed interface Answer<T> {

    record Found<T>(T value) implements Answer<T> {}

    /** The owner's store does not hold the instrument. */
    record Unknown<T>() implements Answer<T> {}

    /** No one who may answer did: away, restoring, or not assigned yet. */
    record NotReady<T>(String why, Duration retryAfter) implements Answer<T> {}

    /** The aggregator holds the question to be wrong. */
    record Refused<T>(String reason) implements Answer<T> {}
}
