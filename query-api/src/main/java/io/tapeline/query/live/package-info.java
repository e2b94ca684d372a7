/** Streams of changes to readers of any speed: what waits for each, and what gives way. */
@NullMarked
package io.tapeline.query.live;

import org.jspecify.annotations.NullMarked;
