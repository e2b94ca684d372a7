/** What must be true of a market after a fault, and who says so. */
@NullMarked
package io.tapeline.chaos.judge;

import org.jspecify.annotations.NullMarked;
