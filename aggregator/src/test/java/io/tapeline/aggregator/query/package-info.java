/** Tests. */
@NullMarked
package io.tapeline.aggregator.query;

import org.jspecify.annotations.NullMarked;
