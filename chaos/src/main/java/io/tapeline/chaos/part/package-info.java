/** Processes of an installation, which can be killed, stopped and starved. */
@NullMarked
package io.tapeline.chaos.part;

import org.jspecify.annotations.NullMarked;
