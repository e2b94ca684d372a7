/** Bulk jobs: candles of many pairs, or of a long time, fetched within the exchange's limits. */
@NullMarked
package io.tapeline.ingestor.collect;

import org.jspecify.annotations.NullMarked;
