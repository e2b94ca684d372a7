/**
 * The least of an exchange's socket: frames made beforehand, written as fast or at the times that
 * are told. The simulated exchange, which keeps books and obeys limits, would be what is measured.
 */
@NullMarked
package io.tapeline.benchmarks.frames;

import org.jspecify.annotations.NullMarked;
