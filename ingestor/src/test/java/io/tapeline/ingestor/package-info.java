/** The ingestor against a simulated exchange and a real broker. */
@NullMarked
package io.tapeline.ingestor;

import org.jspecify.annotations.NullMarked;
