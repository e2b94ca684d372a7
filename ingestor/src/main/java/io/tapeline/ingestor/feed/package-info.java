/** What every venue shares: where an event goes, and what is counted of it. */
@NullMarked
package io.tapeline.ingestor.feed;

import org.jspecify.annotations.NullMarked;
