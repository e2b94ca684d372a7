/** How fast the query API answers, beside its own trivial endpoint. */
@NullMarked
package io.tapeline.benchmarks.api;

import org.jspecify.annotations.NullMarked;
