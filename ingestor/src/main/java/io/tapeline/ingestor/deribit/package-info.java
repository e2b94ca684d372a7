/** Deribit's price indices: by its socket, and by a poll once a minute. */
@NullMarked
package io.tapeline.ingestor.deribit;

import org.jspecify.annotations.NullMarked;
