/** From the raw topics to files. */
@NullMarked
package io.tapeline.capture.record;

import org.jspecify.annotations.NullMarked;
