/** Books held against what the exchange shows of them, by update id, without stopping them. */
@NullMarked
package io.tapeline.aggregator.audit;

import org.jspecify.annotations.NullMarked;
