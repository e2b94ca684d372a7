package io.tapeline.query.history.clickhouse;

import com.clickhouse.client.api.data_formats.ClickHouseBinaryFormatReader;
import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Mantissas of a row, and the scale they share, as the values they are. */
final class Mantissas {

    private Mantissas() {}

    static Price price(ClickHouseBinaryFormatReader row, int column, int scale) {
        return new Price(decimal(row.getBigInteger(column), scale));
    }

    static @Nullable Price priceOrNull(ClickHouseBinaryFormatReader row, int column, int scale) {
        return row.hasValue(column) ? price(row, column, scale) : null;
    }

    static Quantity quantity(ClickHouseBinaryFormatReader row, int column, int scale) {
        return new Quantity(decimal(row.getBigInteger(column), scale));
    }

    private static Decimal decimal(BigInteger mantissa, int scale) {
        return mantissa.bitLength() < Long.SIZE
                ? Decimal.of(mantissa.longValue(), scale).normalized()
                : Decimal.of(new BigDecimal(mantissa, scale)).normalized();
    }
}
