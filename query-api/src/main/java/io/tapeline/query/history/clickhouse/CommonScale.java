package io.tapeline.query.history.clickhouse;

import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.market.LatestPrice;
import org.jspecify.annotations.Nullable;

/**
 * The scale of decimals that share one: {@code mantissa * 10^-scale}, each mantissa an Int128.
 *
 * <p>It is {@value #USUAL} wherever the values allow it, so that nearly all rows of an instrument
 * have the same and a roll-up adds mantissas; else the smallest that is exact.
 */
final class CommonScale {

    /** Digits after the point that Binance gives. */
    static final int USUAL = 8;

    /** Int128 holds up to 1.7e38: any 38 digits. */
    static final int MOST_DIGITS = 38;

    /** No scale holds all of them exactly. */
    static final int NONE = -1;

    private CommonScale() {}

    static int ofPrices(Candle candle) {
        return of(
                candle.open().value(),
                candle.high().value(),
                candle.low().value(),
                candle.close().value());
    }

    static int ofQuantities(Candle candle) {
        return of(candle.volume().value(), candle.takerBuyVolume().value());
    }

    static int ofQuotes(Candle candle) {
        return of(candle.quoteVolume().value(), candle.takerBuyQuoteVolume().value());
    }

    static int of(LatestPrice price) {
        var bid = price.bid();
        var ask = price.ask();
        return of(
                price.price().value(),
                bid == null ? null : bid.value(),
                ask == null ? null : ask.value());
    }

    /**
     * @param values null for one that is absent
     * @return {@link #NONE} where there is none
     */
    static int of(@Nullable Decimal... values) {
        boolean usual = true;
        for (Decimal value : values) {
            usual &= value == null || value.fitsAt(USUAL);
        }
        return usual ? USUAL : search(values);
    }

    private static int search(@Nullable Decimal... values) {
        int needed = 0;
        for (Decimal value : values) {
            if (value != null) {
                needed = Math.max(needed, value.significantScale());
            }
        }
        if (needed < USUAL && holds(USUAL, values)) {
            return USUAL;
        }
        return holds(needed, values) ? needed : NONE;
    }

    private static boolean holds(int scale, @Nullable Decimal... values) {
        for (Decimal value : values) {
            if (value != null && value.toBigDecimal().setScale(scale).precision() > MOST_DIGITS) {
                return false;
            }
        }
        return true;
    }
}
