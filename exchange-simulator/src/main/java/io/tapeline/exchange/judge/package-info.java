/** What a client did that an exchange's rules forbid. */
@NullMarked
package io.tapeline.exchange.judge;

import org.jspecify.annotations.NullMarked;
