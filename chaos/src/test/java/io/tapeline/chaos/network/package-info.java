/** Wires with both ends in the test. */
@NullMarked
package io.tapeline.chaos.network;

import org.jspecify.annotations.NullMarked;
