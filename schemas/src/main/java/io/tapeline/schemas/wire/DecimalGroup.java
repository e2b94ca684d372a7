package io.tapeline.schemas.wire;

import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.proto.WideDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the decimals of one message by the rule at the top of {@code market.proto}: a group shares
 * an exponent, trailing zeros that the whole group shares are dropped, and what does not fit in 64
 * bits at that exponent goes to {@code wide}.
 */
final class DecimalGroup {

    private @Nullable List<WideDecimal> wide;

    /**
     * The scale at which a group is written: the smallest that holds exactly every value that fits
     * in a long at its own smallest scale. Absent values are skipped.
     */
    static int scaleOf(@Nullable Decimal... values) {
        int scale = 0;
        for (Decimal value : values) {
            if (value != null) {
                int significant = value.significantScale();
                if (significant > scale
                        && significant <= Decimal.MAX_DIGITS
                        && value.fitsAt(significant)) {
                    scale = significant;
                }
            }
        }
        return scale;
    }

    /** The mantissa of a field, or 0 and an entry in {@link #wide}. */
    long mantissa(int field, int index, Decimal value, int scale) {
        if (value.fitsAt(scale)) {
            return value.mantissaAt(scale);
        }
        if (wide == null) {
            wide = new ArrayList<>();
        }
        wide.add(
                WideDecimal.newBuilder()
                        .setField(field)
                        .setIndex(index)
                        .setText(text(value))
                        .build());
        return 0;
    }

    private static String text(Decimal value) {
        Decimal normalized = value.normalized();
        if (normalized.scale() > Decimal.MAX_DIGITS
                || normalized.toBigDecimal().precision() > Decimal.MAX_DIGITS) {
            throw new IllegalArgumentException(
                    "decimal "
                            + normalized
                            + ": more than "
                            + Decimal.MAX_DIGITS
                            + " digits cannot be written");
        }
        return normalized.toString();
    }

    List<WideDecimal> wide() {
        return wide == null ? List.of() : wide;
    }
}
