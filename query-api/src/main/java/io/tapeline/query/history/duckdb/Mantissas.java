package io.tapeline.query.history.duckdb;

import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** HUGEINT columns back to decimals, without trailing zeros. */
final class Mantissas {

    private Mantissas() {}

    static Price price(ResultSet row, int column, int scale) throws SQLException {
        return new Price(decimal((BigInteger) row.getObject(column), scale));
    }

    static @Nullable Price priceOrNull(ResultSet row, int column, int scale) throws SQLException {
        Object mantissa = row.getObject(column);
        return mantissa == null ? null : new Price(decimal((BigInteger) mantissa, scale));
    }

    /** A sum whose lower half is in the given column and whose upper half is in the next one. */
    static Quantity sum(ResultSet row, int column, int scale) throws SQLException {
        BigInteger lower = (BigInteger) row.getObject(column);
        BigInteger upper = (BigInteger) row.getObject(column + 1);
        return new Quantity(decimal(upper.shiftLeft(Long.SIZE).add(lower), scale));
    }

    private static Decimal decimal(BigInteger mantissa, int scale) {
        return Decimal.of(new BigDecimal(mantissa, scale)).normalized();
    }
}
