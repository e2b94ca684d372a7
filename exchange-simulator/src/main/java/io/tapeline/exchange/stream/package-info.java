/**
 * The web socket side: stream names, subscriptions, control messages, connections and their limits.
 */
@NullMarked
package io.tapeline.exchange.stream;

import org.jspecify.annotations.NullMarked;
