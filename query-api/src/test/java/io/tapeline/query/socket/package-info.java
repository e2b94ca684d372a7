/** WebSocket connections. */
@NullMarked
package io.tapeline.query.socket;

import org.jspecify.annotations.NullMarked;
