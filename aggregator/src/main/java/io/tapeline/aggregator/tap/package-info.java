/** What the processors accept, offered to those who follow it; pure, but for the queue's lock. */
@NullMarked
package io.tapeline.aggregator.tap;

import org.jspecify.annotations.NullMarked;
