package io.tapeline.ingestor.binance;

import io.tapeline.ingestor.share.StreamKey;
import io.tapeline.schemas.market.Instrument;

/** A stream of an instrument, or an instrument's part of a stream of all. */
record SubscribedStream(Instrument instrument, StreamType type) {

    StreamKey key() {
        return new StreamKey(instrument, type.kind(), type.interval());
    }
}
