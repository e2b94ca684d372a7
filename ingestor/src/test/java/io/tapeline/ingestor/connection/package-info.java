@NullMarked
package io.tapeline.ingestor.connection;

import org.jspecify.annotations.NullMarked;
