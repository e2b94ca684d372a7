@NullMarked
package io.tapeline.ingestor.collect;

import org.jspecify.annotations.NullMarked;
