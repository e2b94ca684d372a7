/**
 * A WebSocket connection as a line needs it: its states, when to try again, what it brings. Pure.
 */
@NullMarked
package io.tapeline.ingestor.connection;

import org.jspecify.annotations.NullMarked;
