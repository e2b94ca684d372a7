/** Tests. */
@NullMarked
package io.tapeline.aggregator;

import org.jspecify.annotations.NullMarked;
