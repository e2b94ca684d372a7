/** Interactive queries: the state that this instance holds, asked for over HTTP. */
@NullMarked
package io.tapeline.aggregator.query;

import org.jspecify.annotations.NullMarked;
