/** Exact decimals: ours beside BigDecimal and text. */
@NullMarked
package io.tapeline.benchmarks.decimals;

import org.jspecify.annotations.NullMarked;
