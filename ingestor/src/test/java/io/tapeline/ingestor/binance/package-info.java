@NullMarked
package io.tapeline.ingestor.binance;

import org.jspecify.annotations.NullMarked;
