/** Streams. */
@NullMarked
package io.tapeline.query.live;

import org.jspecify.annotations.NullMarked;
