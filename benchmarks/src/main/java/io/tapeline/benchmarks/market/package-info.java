/** The ingestor, a process of its own, under a whole simulated market. */
@NullMarked
package io.tapeline.benchmarks.market;

import org.jspecify.annotations.NullMarked;
