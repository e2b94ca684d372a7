/** Collections that end, go on, fail in part. */
@NullMarked
package io.tapeline.query.collect;

import org.jspecify.annotations.NullMarked;
