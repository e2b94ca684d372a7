@NullMarked
package io.tapeline.ingestor.discovery;

import org.jspecify.annotations.NullMarked;
