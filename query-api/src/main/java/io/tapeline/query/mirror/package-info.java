/** What the mirror of Binance's public market data has in common over REST and WebSocket. */
@NullMarked
package io.tapeline.query.mirror;

import org.jspecify.annotations.NullMarked;
