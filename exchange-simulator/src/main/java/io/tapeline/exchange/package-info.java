/** The simulated exchange: what embeds it, what starts it from a command line, and its settings. */
@NullMarked
package io.tapeline.exchange;

import org.jspecify.annotations.NullMarked;
