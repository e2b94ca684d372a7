/** Tests. */
@NullMarked
package io.tapeline.aggregator.book;

import org.jspecify.annotations.NullMarked;
