/** The internal HTTP server: status, and candles fetched on demand. */
@NullMarked
package io.tapeline.ingestor.http;

import org.jspecify.annotations.NullMarked;
