package io.tapeline.aggregator.book;

import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/**
 * What taking a quantity from a book would cost.
 *
 * @param filled how much of the asked quantity the known levels fill
 * @param total sum of price x quantity over what was filled, exact
 * @param best price of the first level taken from; null where nothing was filled
 * @param worst price of the last level taken from; null where nothing was filled
 * @param complete filled as asked, and within the authoritative range
 */
public record BookQuote(
        Quantity filled,
        Decimal total,
        @Nullable Price best,
        @Nullable Price worst,
        boolean complete) {

    /**
     * {@code total / filled} to 34 significant digits, half to even; null where nothing was filled.
     */
    public @Nullable Decimal average() {
        if (filled.value().signum() == 0) {
            return null;
        }
        BigDecimal average =
                total.toBigDecimal().divide(filled.value().toBigDecimal(), MathContext.DECIMAL128);
        return Decimal.of(average).normalized();
    }
}
