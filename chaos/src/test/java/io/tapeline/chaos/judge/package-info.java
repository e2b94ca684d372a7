/** What the judges let pass, and what not. */
@NullMarked
package io.tapeline.chaos.judge;

import org.jspecify.annotations.NullMarked;
