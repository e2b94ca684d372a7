/** Routing, and an aggregator made for tests. */
@NullMarked
package io.tapeline.query.routing;

import org.jspecify.annotations.NullMarked;
