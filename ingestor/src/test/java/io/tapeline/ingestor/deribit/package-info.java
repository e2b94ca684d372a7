@NullMarked
package io.tapeline.ingestor.deribit;

import org.jspecify.annotations.NullMarked;
