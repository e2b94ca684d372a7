/** A backlog of raw depth through the aggregator, beside a topology that only passes it on. */
@NullMarked
package io.tapeline.benchmarks.drain;

import org.jspecify.annotations.NullMarked;
