/** Recordings of a real exchange, played again with their own bytes, ids and times. */
@NullMarked
package io.tapeline.exchange.replay;

import org.jspecify.annotations.NullMarked;
