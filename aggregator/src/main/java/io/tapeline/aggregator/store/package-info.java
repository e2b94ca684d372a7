/** What the aggregator remembers, and how that survives it. */
@NullMarked
package io.tapeline.aggregator.store;

import org.jspecify.annotations.NullMarked;
