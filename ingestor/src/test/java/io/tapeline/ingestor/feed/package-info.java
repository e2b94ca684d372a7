@NullMarked
package io.tapeline.ingestor.feed;

import org.jspecify.annotations.NullMarked;
