/** WebSocket connections on Jetty: frames as bytes, reassembled, without a thread hop. */
@NullMarked
package io.tapeline.ingestor.socket;

import org.jspecify.annotations.NullMarked;
