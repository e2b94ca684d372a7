/** From the store that answers to subscribers over WebSocket, everything in one process. */
@NullMarked
package io.tapeline.benchmarks.live;

import org.jspecify.annotations.NullMarked;
