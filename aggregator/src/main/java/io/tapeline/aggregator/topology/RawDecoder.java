package io.tapeline.aggregator.topology;

import io.tapeline.schemas.raw.RawRecord;
import io.tapeline.schemas.wire.MalformedPayload;

/** A raw record's payload to what it tells. */
@FunctionalInterface
public interface RawDecoder<V> {

    /**
     * @throws MalformedPayload if the payload is not of the kind that its topic and stream promise
     */
    V decode(RawRecord record) throws MalformedPayload;
}
