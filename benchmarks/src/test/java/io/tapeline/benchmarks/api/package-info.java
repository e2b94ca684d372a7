/** Tests of what asks the query API. */
@NullMarked
package io.tapeline.benchmarks.api;

import org.jspecify.annotations.NullMarked;
