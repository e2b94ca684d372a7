@NullMarked
package io.tapeline.ingestor.coingecko;

import org.jspecify.annotations.NullMarked;
