/** Tests of the embedded broker. */
@NullMarked
package io.tapeline.kafka;

import org.jspecify.annotations.NullMarked;
