/** What the ingestor reads from Kafka: the registry of an earlier run, and requests to fetch. */
@NullMarked
package io.tapeline.ingestor.consume;

import org.jspecify.annotations.NullMarked;
