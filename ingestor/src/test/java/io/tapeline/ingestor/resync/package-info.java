@NullMarked
package io.tapeline.ingestor.resync;

import org.jspecify.annotations.NullMarked;
