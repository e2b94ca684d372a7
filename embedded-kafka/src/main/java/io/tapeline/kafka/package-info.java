/**
 * A Kafka broker in this process, for the standalone and for tests: one node, one data directory,
 * the real thing.
 */
@NullMarked
package io.tapeline.kafka;

import org.jspecify.annotations.NullMarked;
