/** Frames from a socket into Kafka, beside a producer that has the same bytes at hand. */
@NullMarked
package io.tapeline.benchmarks.ingest;

import org.jspecify.annotations.NullMarked;
