/** Tests. */
@NullMarked
package io.tapeline.aggregator.store;

import org.jspecify.annotations.NullMarked;
