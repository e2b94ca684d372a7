/** Tests. */
@NullMarked
package io.tapeline.aggregator.price;

import org.jspecify.annotations.NullMarked;
