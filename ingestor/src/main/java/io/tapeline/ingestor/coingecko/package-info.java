/** CoinGecko's prices of coins: one call for many, at the pace that its credits allow. */
@NullMarked
package io.tapeline.ingestor.coingecko;

import org.jspecify.annotations.NullMarked;
