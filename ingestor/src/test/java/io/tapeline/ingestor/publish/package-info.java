@NullMarked
package io.tapeline.ingestor.publish;

import org.jspecify.annotations.NullMarked;
