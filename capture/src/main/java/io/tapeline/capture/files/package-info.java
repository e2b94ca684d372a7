/** The files of a tape: compressed, split, resumable after a crash. */
@NullMarked
package io.tapeline.capture.files;

import org.jspecify.annotations.NullMarked;
