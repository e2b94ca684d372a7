/** What the aggregator asks for is fetched by REST and published to the raw topics. */
@NullMarked
package io.tapeline.ingestor.resync;

import org.jspecify.annotations.NullMarked;
