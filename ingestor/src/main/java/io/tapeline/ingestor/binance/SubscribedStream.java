package io.tapeline.ingestor.binance;

import io.tapeline.schemas.market.Instrument;

/** A stream of an instrument, or an instrument's part of a stream of all. */
public record SubscribedStream(Instrument instrument, StreamType type) {}
