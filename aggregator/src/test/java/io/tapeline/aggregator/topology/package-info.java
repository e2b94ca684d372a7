/** Tests. */
@NullMarked
package io.tapeline.aggregator.topology;

import org.jspecify.annotations.NullMarked;
