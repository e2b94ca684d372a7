/** What Tapeline claims to be fast, measured beside what it is measured against. */
@NullMarked
package io.tapeline.benchmarks;

import org.jspecify.annotations.NullMarked;
