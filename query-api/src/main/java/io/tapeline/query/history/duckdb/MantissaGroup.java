package io.tapeline.query.history.duckdb;

import io.tapeline.schemas.market.Decimal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.SQLException;
import java.util.Optional;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/**
 * Decimals of one row that share a scale: {@code mantissa * 10^-scale}, each mantissa a HUGEINT.
 *
 * <p>The scale is {@value #USUAL_SCALE} wherever the values allow it, so that nearly all rows of an
 * instrument have the same and a roll-up adds mantissas. Where a value needs more digits after the
 * point, or has so many before it that they would not fit, the scale is the smallest that is exact.
 */
final class MantissaGroup {

    /** Digits after the point that Binance gives. */
    static final int USUAL_SCALE = 8;

    /** HUGEINT holds up to 1.7e38: any 38 digits. */
    static final int MOST_DIGITS = 38;

    private final int scale;
    private final @Nullable BigInteger[] mantissas;

    private MantissaGroup(int scale, @Nullable BigInteger[] mantissas) {
        this.scale = scale;
        this.mantissas = mantissas;
    }

    /**
     * @param values null for a value that is absent
     * @return empty if no scale holds all of them in {@value #MOST_DIGITS} digits
     */
    static Optional<MantissaGroup> of(@Nullable Decimal... values) {
        int needed = 0;
        for (Decimal value : values) {
            if (value != null) {
                needed = Math.max(needed, value.normalized().scale());
            }
        }
        if (needed < USUAL_SCALE) {
            MantissaGroup usual = at(USUAL_SCALE, values);
            if (usual != null) {
                return Optional.of(usual);
            }
        }
        return Optional.ofNullable(at(needed, values));
    }

    private static @Nullable MantissaGroup at(int scale, @Nullable Decimal... values) {
        @Nullable BigInteger[] mantissas = new BigInteger[values.length];
        for (int i = 0; i < values.length; i++) {
            Decimal value = values[i];
            if (value != null) {
                BigDecimal scaled = value.normalized().toBigDecimal().setScale(scale);
                if (scaled.precision() > MOST_DIGITS) {
                    return null;
                }
                mantissas[i] = scaled.unscaledValue();
            }
        }
        return new MantissaGroup(scale, mantissas);
    }

    int scale() {
        return scale;
    }

    /** The value at the given place of those the group was made of; NULL where it was absent. */
    void append(DuckDBAppender row, int index) throws SQLException {
        BigInteger mantissa = mantissas[index];
        if (mantissa == null) {
            row.appendNull();
        } else {
            row.appendHugeInt(mantissa.longValue(), mantissa.shiftRight(Long.SIZE).longValue());
        }
    }
}
