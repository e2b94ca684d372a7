/** Which instruments there are, and which of them are streamed. */
@NullMarked
package io.tapeline.ingestor.discovery;

import org.jspecify.annotations.NullMarked;
