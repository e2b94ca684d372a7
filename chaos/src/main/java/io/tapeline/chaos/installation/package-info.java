/** A whole installation on one machine, and what is done to it. */
@NullMarked
package io.tapeline.chaos.installation;

import org.jspecify.annotations.NullMarked;
