/** The internal HTTP server: status, candles fetched on demand, and bulk jobs. */
@NullMarked
package io.tapeline.ingestor.http;

import org.jspecify.annotations.NullMarked;
