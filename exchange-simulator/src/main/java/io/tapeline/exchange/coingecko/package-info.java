/** A simulated CoinGecko: simple prices behind a cache, keys, limits and credits. */
@NullMarked
package io.tapeline.exchange.coingecko;

import org.jspecify.annotations.NullMarked;
