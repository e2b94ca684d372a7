/** Candles out of state and history. */
@NullMarked
package io.tapeline.query.candles;

import org.jspecify.annotations.NullMarked;
