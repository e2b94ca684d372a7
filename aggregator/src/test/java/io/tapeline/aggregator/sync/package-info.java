/** Tests. */
@NullMarked
package io.tapeline.aggregator.sync;

import org.jspecify.annotations.NullMarked;
