@NullMarked
package io.tapeline.ingestor.socket;

import org.jspecify.annotations.NullMarked;
