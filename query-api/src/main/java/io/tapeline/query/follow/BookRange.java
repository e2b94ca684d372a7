package io.tapeline.query.follow;

import io.tapeline.schemas.market.Price;
import org.jspecify.annotations.Nullable;

/**
 * The prices within which a book is known to be whole, both inclusive; null: no bound on that end.
 */
public record BookRange(@Nullable Price low, @Nullable Price high) {

    public static final BookRange UNBOUNDED = new BookRange(null, null);

    /** The part that begins there, or later; itself where null. */
    BookRange from(@Nullable Price lowest) {
        return lowest == null || low != null && low.compareTo(lowest) >= 0
                ? this
                : new BookRange(lowest, high);
    }

    /** The part that ends there, or earlier; itself where null. */
    BookRange to(@Nullable Price highest) {
        return highest == null || high != null && high.compareTo(highest) <= 0
                ? this
                : new BookRange(low, highest);
    }
}
