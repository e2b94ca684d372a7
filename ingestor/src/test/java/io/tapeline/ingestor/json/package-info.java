@NullMarked
package io.tapeline.ingestor.json;

import org.jspecify.annotations.NullMarked;
