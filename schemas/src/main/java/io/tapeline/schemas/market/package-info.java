/**
 * What a market consists of: instruments, exact decimals, times, candles, tickers, books and their
 * changes.
 */
@NullMarked
package io.tapeline.schemas.market;

import org.jspecify.annotations.NullMarked;
