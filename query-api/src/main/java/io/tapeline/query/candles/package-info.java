/** Candles of any interval from what the state holds and what the history holds. */
@NullMarked
package io.tapeline.query.candles;

import org.jspecify.annotations.NullMarked;
