@NullMarked
package io.tapeline.ingestor.consume;

import org.jspecify.annotations.NullMarked;
