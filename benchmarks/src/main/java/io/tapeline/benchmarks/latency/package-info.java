/** From the exchange's socket to the store that answers, everything in one process. */
@NullMarked
package io.tapeline.benchmarks.latency;

import org.jspecify.annotations.NullMarked;
