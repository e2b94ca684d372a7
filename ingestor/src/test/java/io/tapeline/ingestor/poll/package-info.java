@NullMarked
package io.tapeline.ingestor.poll;

import org.jspecify.annotations.NullMarked;
