/** Which updates of a candle are taken, and which candles are missing. */
@NullMarked
package io.tapeline.aggregator.candle;

import org.jspecify.annotations.NullMarked;
