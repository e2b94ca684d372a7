/** Tests of what tests get their Kafka from. */
@NullMarked
package io.tapeline.kafka.test;

import org.jspecify.annotations.NullMarked;
