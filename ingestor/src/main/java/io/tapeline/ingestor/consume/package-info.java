/** What the ingestor reads from Kafka, and its places in the groups that share the work. */
@NullMarked
package io.tapeline.ingestor.consume;

import org.jspecify.annotations.NullMarked;
