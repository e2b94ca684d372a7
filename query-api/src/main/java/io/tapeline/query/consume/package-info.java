/** Reading whole clean topics: partitions assigned by hand, from a place that is told. */
@NullMarked
package io.tapeline.query.consume;

import org.jspecify.annotations.NullMarked;
