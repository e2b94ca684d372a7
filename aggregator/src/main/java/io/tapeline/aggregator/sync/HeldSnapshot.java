package io.tapeline.aggregator.sync;

import io.tapeline.schemas.market.DepthSnapshot;
import io.tapeline.schemas.market.EpochMicros;

/**
 * A snapshot that is newer than the live book.
 *
 * @param received when the ingestor received it
 */
public record HeldSnapshot(DepthSnapshot snapshot, EpochMicros received) {}
