/**
 * Minutes that nothing here holds, fetched from the exchange: once, and remembered where none is.
 */
@NullMarked
package io.tapeline.query.through;

import org.jspecify.annotations.NullMarked;
