/** CoinGecko's simple prices (EXCHANGES.md C) to market types. */
@NullMarked
package io.tapeline.schemas.coingecko;

import org.jspecify.annotations.NullMarked;
