/** What a user would pick instead, following the same diffs from the same local server. */
@NullMarked
package io.tapeline.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
