package io.tapeline.query.mirror;

import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.market.Levels;

/**
 * Decimals as the exchange writes them: with eight places, zeros at the end included ({@code
 * "61855.30000000"}, EXCHANGES.md A.5 step 7); with more only where the value has them.
 */
final class ExchangeNumbers {

    static final int PLACES = 8;

    private static final long[] POWERS_OF_TEN = {
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000
    };
    private static final long UNIT = POWERS_OF_TEN[PLACES];

    private ExchangeNumbers() {}

    static void append(StringBuilder out, Decimal value, int places) {
        if (places == PLACES && value.fitsInLong() && value.scale() <= PLACES) {
            appendCompact(out, value.mantissa(), value.scale());
        } else {
            appendWide(out, value, places);
        }
    }

    static void appendPrice(StringBuilder out, Levels levels, int index) {
        if (levels.isCompact() && levels.priceScale() <= PLACES) {
            appendCompact(out, levels.priceMantissa(index), levels.priceScale());
        } else {
            appendWide(out, levels.price(index).value(), PLACES);
        }
    }

    static void appendQuantity(StringBuilder out, Levels levels, int index) {
        if (levels.isCompact() && levels.quantityScale() <= PLACES) {
            appendCompact(out, levels.quantityMantissa(index), levels.quantityScale());
        } else {
            appendWide(out, levels.quantity(index).value(), PLACES);
        }
    }

    /**
     * @param scale at most {@value #PLACES}
     */
    private static void appendCompact(StringBuilder out, long mantissa, int scale) {
        long up = POWERS_OF_TEN[PLACES - scale];
        if (mantissa == Long.MIN_VALUE || Math.abs(mantissa) > Long.MAX_VALUE / up) {
            appendWide(out, Decimal.of(mantissa, scale), PLACES);
            return;
        }
        long units = Math.abs(mantissa) * up;
        if (mantissa < 0) {
            out.append('-');
        }
        out.append(units / UNIT).append('.');
        long fraction = units % UNIT;
        for (long digit = UNIT / 10; digit > 0; digit /= 10) {
            out.append((char) ('0' + fraction / digit % 10));
        }
    }

    private static void appendWide(StringBuilder out, Decimal value, int places) {
        Decimal least = value.normalized();
        out.append(least);
        if (least.scale() == 0 && places > 0) {
            out.append('.');
        }
        out.repeat('0', Math.max(0, places - least.scale()));
    }
}
