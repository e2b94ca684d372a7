/** WebSocket connections (RFC 6455) on Tomcat's own sockets: no thread waits for one. */
@NullMarked
package io.tapeline.query.socket;

import org.jspecify.annotations.NullMarked;
