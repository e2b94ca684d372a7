/** The flow from raw topics to stores and clean topics. */
@NullMarked
package io.tapeline.aggregator.topology;

import org.jspecify.annotations.NullMarked;
