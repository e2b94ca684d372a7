/**
 * What an exchange knows of its pairs: books, trades, candles, windows, and the payloads made of
 * them.
 */
@NullMarked
package io.tapeline.exchange.market;

import org.jspecify.annotations.NullMarked;
