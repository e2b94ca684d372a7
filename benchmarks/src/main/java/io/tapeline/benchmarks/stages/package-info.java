/** The aggregator's stages, each alone. */
@NullMarked
package io.tapeline.benchmarks.stages;

import org.jspecify.annotations.NullMarked;
