/** Binance spot: frames to events, subscriptions, connections (EXCHANGES.md A.2 to A.4). */
@NullMarked
package io.tapeline.ingestor.binance;

import org.jspecify.annotations.NullMarked;
