/** JSON read straight from its bytes, for the decoders of every venue. */
@NullMarked
package io.tapeline.schemas.json;

import org.jspecify.annotations.NullMarked;
