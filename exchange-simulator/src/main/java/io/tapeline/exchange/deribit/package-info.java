/** A simulated Deribit: JSON-RPC over a web socket and HTTP, index prices, heartbeats, credits. */
@NullMarked
package io.tapeline.exchange.deribit;

import org.jspecify.annotations.NullMarked;
