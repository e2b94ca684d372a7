/** Following the aggregators. */
@NullMarked
package io.tapeline.query.follow;

import org.jspecify.annotations.NullMarked;
