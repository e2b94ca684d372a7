/**
 * What tests of every module get their Kafka from; needs JUnit, and so is for test class paths
 * alone.
 */
@NullMarked
package io.tapeline.kafka.test;

import org.jspecify.annotations.NullMarked;
