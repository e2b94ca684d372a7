package io.tapeline.query.follow;

import io.tapeline.schemas.market.Price;
import org.jspecify.annotations.Nullable;

/**
 * The prices within which a book is known to be whole, both inclusive; null: no bound on that end.
 */
public record BookRange(@Nullable Price low, @Nullable Price high) {

    public static final BookRange UNBOUNDED = new BookRange(null, null);
}
