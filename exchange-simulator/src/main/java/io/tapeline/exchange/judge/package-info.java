/** Watches what clients do and judges it by the exchange's limits. */
@NullMarked
package io.tapeline.exchange.judge;

import org.jspecify.annotations.NullMarked;
