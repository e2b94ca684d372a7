/** Keeping a book in step with the exchange: EXCHANGES.md A.5, decided purely. */
@NullMarked
package io.tapeline.aggregator.sync;

import org.jspecify.annotations.NullMarked;
