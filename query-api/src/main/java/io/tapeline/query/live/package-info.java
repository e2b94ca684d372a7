/** Server-sent events: what changes, to whoever watches, newest first for the slow. */
@NullMarked
package io.tapeline.query.live;

import org.jspecify.annotations.NullMarked;
