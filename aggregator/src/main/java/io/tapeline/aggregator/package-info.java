/** From raw topics to state and clean topics, and answers about the state. */
@NullMarked
package io.tapeline.aggregator;

import org.jspecify.annotations.NullMarked;
