/** The simulated exchange as the other side of a test. */
@NullMarked
package io.tapeline.chaos.market;

import org.jspecify.annotations.NullMarked;
