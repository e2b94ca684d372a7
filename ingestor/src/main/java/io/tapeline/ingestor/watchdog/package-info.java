/** Tells a stream that is quiet from one that is stalled. Pure: it sees, decides and asks. */
@NullMarked
package io.tapeline.ingestor.watchdog;

import org.jspecify.annotations.NullMarked;
