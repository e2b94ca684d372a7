package io.tapeline.schemas.json;

import io.tapeline.schemas.market.Decimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decimals that are not negative, gathered at the smallest scale that holds all of them; as
 * mantissas while these fit in longs, as {@link Decimal}s from the first that does not.
 */
public final class DecimalColumn {

    private static final int FEW = 32;

    private long[] mantissas = new long[FEW];
    private int size;
    private int scale;
    private @Nullable List<Decimal> wide;

    /** Adds {@code mantissa * 10^-scale}, whose smallest scale this is. */
    void add(long mantissa, int valueScale) {
        if (wide != null || !align(mantissa, valueScale)) {
            add(Decimal.of(mantissa, valueScale));
            return;
        }
        if (size == mantissas.length) {
            mantissas = Arrays.copyOf(mantissas, size * 2);
        }
        mantissas[size++] = mantissa * Digits.power(scale - valueScale);
    }

    void add(Decimal value) {
        List<Decimal> values = wide;
        if (values == null) {
            values = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                values.add(Decimal.of(mantissas[i], scale));
            }
            wide = values;
        }
        values.add(value);
        size++;
    }

    /** Makes the scale large enough for a value; false if it or an earlier one would not fit. */
    private boolean align(long mantissa, int valueScale) {
        if (valueScale <= scale) {
            return Digits.fits(mantissa, scale - valueScale);
        }
        int up = valueScale - scale;
        for (int i = 0; i < size; i++) {
            if (!Digits.fits(mantissas[i], up)) {
                return false;
            }
        }
        if (up > 18) {
            return false;
        }
        for (int i = 0; i < size; i++) {
            mantissas[i] *= Digits.power(up);
        }
        scale = valueScale;
        return true;
    }

    public int size() {
        return size;
    }

    public boolean fitsInLongs() {
        return wide == null;
    }

    public int scale() {
        return scale;
    }

    /** The mantissas; only the first {@link #size} count. Not copied. */
    public long[] mantissas() {
        return mantissas;
    }

    public Decimal decimal(int index) {
        return wide == null ? Decimal.of(mantissas[index], scale) : wide.get(index);
    }
}
