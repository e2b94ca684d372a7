@NullMarked
package io.tapeline.ingestor.watchdog;

import org.jspecify.annotations.NullMarked;
