/**
 * Events to the raw topics, and what was lost to the ledger of gaps; nothing here blocks a socket.
 */
@NullMarked
package io.tapeline.ingestor.publish;

import org.jspecify.annotations.NullMarked;
