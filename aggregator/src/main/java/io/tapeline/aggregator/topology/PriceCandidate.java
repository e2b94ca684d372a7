package io.tapeline.aggregator.topology;

import io.tapeline.aggregator.line.LineTally;
import io.tapeline.aggregator.sync.RecordSource;
import io.tapeline.schemas.market.LatestPrice;
import org.jspecify.annotations.Nullable;

/**
 * A price that a record tells, on its way to the arbiter.
 *
 * @param line to be told what became of the record; null where that was decided before, because the
 *     record told more than a price
 */
record PriceCandidate(LatestPrice price, RecordSource source, @Nullable LineTally line) {}
