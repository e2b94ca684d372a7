/** An order book held exactly, and what may be asked of it. */
@NullMarked
package io.tapeline.aggregator.book;

import org.jspecify.annotations.NullMarked;
