/** Records the raw topics into files, and plays files back into them. */
@NullMarked
package io.tapeline.capture;

import org.jspecify.annotations.NullMarked;
