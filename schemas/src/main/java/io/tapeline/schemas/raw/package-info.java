/** The raw topics' record: the exchange's bytes and where they came from. */
@NullMarked
package io.tapeline.schemas.raw;

import org.jspecify.annotations.NullMarked;
