/** What clients did that the rules of Deribit and CoinGecko forbid. */
@NullMarked
package io.tapeline.exchange.venue;

import org.jspecify.annotations.NullMarked;
