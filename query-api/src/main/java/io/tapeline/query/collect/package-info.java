/** Collections: the newest candles of many pairs, fetched into the history. */
@NullMarked
package io.tapeline.query.collect;

import org.jspecify.annotations.NullMarked;
