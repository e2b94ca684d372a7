package io.tapeline.aggregator.topology;

import io.tapeline.aggregator.sync.RecordSource;
import io.tapeline.schemas.market.LatestPrice;

/** A price that a ticker or a candle tells, on its way to the arbiter. */
record PriceCandidate(LatestPrice price, RecordSource source) {}
