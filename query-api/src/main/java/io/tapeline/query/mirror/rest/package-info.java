/**
 * The exchange's REST paths of public market data, answered out of what Tapeline knows: its own
 * parameters, defaults, limits, shapes and refusals (EXCHANGES.md A.6, A.7).
 */
@NullMarked
package io.tapeline.query.mirror.rest;

import org.jspecify.annotations.NullMarked;
