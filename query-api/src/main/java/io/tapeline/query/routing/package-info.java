/** Which aggregator answers for an instrument, and asking it. */
@NullMarked
package io.tapeline.query.routing;

import org.jspecify.annotations.NullMarked;
