/** A line of a tape: a raw record as text, and back. */
@NullMarked
package io.tapeline.capture.tape;

import org.jspecify.annotations.NullMarked;
