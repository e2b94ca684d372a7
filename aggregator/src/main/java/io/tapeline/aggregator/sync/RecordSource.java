package io.tapeline.aggregator.sync;

import io.tapeline.schemas.market.EpochMicros;

/**
 * Where the newest message of a book came from, in the raw depth topic.
 *
 * @param received when the ingestor received it
 */
public record RecordSource(int partition, long offset, EpochMicros received) {

    public static final RecordSource NONE = new RecordSource(-1, -1, new EpochMicros(0));
}
