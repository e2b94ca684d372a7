/** A seeded market of made-up pairs: one flow of events from which everything else follows. */
@NullMarked
package io.tapeline.exchange.synthetic;

import org.jspecify.annotations.NullMarked;
