/** Which instruments this process takes of each line, and of what is done once for all lines. */
@NullMarked
package io.tapeline.ingestor.share;

import org.jspecify.annotations.NullMarked;
