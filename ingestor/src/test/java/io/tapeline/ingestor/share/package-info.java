@NullMarked
package io.tapeline.ingestor.share;

import org.jspecify.annotations.NullMarked;
