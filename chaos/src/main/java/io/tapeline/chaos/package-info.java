/** A whole installation, one fault after another, and what must be true after each. */
@NullMarked
package io.tapeline.chaos;

import org.jspecify.annotations.NullMarked;
