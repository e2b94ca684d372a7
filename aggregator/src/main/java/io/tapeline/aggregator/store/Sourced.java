package io.tapeline.aggregator.store;

import io.tapeline.aggregator.sync.RecordSource;

/** A value with the raw record that told it. */
public record Sourced<V>(V value, RecordSource source) {}
