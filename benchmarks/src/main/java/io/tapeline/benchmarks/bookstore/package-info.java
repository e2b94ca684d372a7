/** Ways to keep books so that they outlive a crash. */
@NullMarked
package io.tapeline.benchmarks.bookstore;

import org.jspecify.annotations.NullMarked;
