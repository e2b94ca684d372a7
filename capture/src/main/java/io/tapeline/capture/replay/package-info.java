/** From files to the raw topics. */
@NullMarked
package io.tapeline.capture.replay;

import org.jspecify.annotations.NullMarked;
