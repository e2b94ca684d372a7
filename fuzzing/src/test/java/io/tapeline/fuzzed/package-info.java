/** A target beside the fuzzer, which does not look into itself. */
@NullMarked
package io.tapeline.fuzzed;

import org.jspecify.annotations.NullMarked;
