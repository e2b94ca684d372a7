/** Binance spot's payloads (EXCHANGES.md A.4 and A.6) to market types. */
@NullMarked
package io.tapeline.schemas.binance;

import org.jspecify.annotations.NullMarked;
