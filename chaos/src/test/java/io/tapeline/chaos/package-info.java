/** A short run. */
@NullMarked
package io.tapeline.chaos;

import org.jspecify.annotations.NullMarked;
