/** Decoding an exchange's payloads: our scanner beside JSON libraries. */
@NullMarked
package io.tapeline.benchmarks.decoding;

import org.jspecify.annotations.NullMarked;
