/** What flows through the benchmarks: diffs of one symbol, recorded or made up. */
@NullMarked
package io.tapeline.benchmarks.tape;

import org.jspecify.annotations.NullMarked;
