/** Tests of capture and replay. */
@NullMarked
package io.tapeline.capture;

import org.jspecify.annotations.NullMarked;
