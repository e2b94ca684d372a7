/** Kafka in a process of its own, so that its processor time is its own. */
@NullMarked
package io.tapeline.benchmarks.broker;

import org.jspecify.annotations.NullMarked;
