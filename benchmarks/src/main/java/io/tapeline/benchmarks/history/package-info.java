/** The history's stores beside what their engines do by themselves. */
@NullMarked
package io.tapeline.benchmarks.history;

import org.jspecify.annotations.NullMarked;
