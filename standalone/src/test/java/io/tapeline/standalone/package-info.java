/** End to end: an exchange's socket on one end, an answer on the other. */
@NullMarked
package io.tapeline.standalone;

import org.jspecify.annotations.NullMarked;
