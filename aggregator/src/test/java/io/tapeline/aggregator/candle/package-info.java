/** Tests. */
@NullMarked
package io.tapeline.aggregator.candle;

import org.jspecify.annotations.NullMarked;
