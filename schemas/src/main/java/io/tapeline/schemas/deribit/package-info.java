/** Deribit's price indices (EXCHANGES.md B) to market types. */
@NullMarked
package io.tapeline.schemas.deribit;

import org.jspecify.annotations.NullMarked;
