/**
 * The exchange's WebSocket streams of public market data, made out of what the aggregators accept:
 * its addresses, control messages, payloads and limits (EXCHANGES.md A.2 to A.4).
 */
@NullMarked
package io.tapeline.query.mirror.stream;

import org.jspecify.annotations.NullMarked;
