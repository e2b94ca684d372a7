package io.tapeline.schemas.wire;

import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import io.tapeline.schemas.proto.WideDecimal;
import java.util.List;

/**
 * Reads the decimals of one message, {@code wide} first: the other half of {@link DecimalGroup}.
 */
final class DecimalFields {

    private final String message;
    private final List<WideDecimal> wide;

    /**
     * @param message name of the message, for what went wrong
     */
    DecimalFields(String message, List<WideDecimal> wide) {
        this.message = message;
        this.wide = wide;
    }

    /** The scale that an exponent of the wire stands for. */
    int scale(String field, int exponent) throws MalformedPayload {
        if (exponent > 0 || exponent < -Decimal.MAX_DIGITS) {
            throw new MalformedPayload(
                    message
                            + ": "
                            + field
                            + " "
                            + exponent
                            + " is not between -"
                            + Decimal.MAX_DIGITS
                            + " and 0");
        }
        return -exponent;
    }

    Decimal decimal(int field, int index, long mantissa, int scale) throws MalformedPayload {
        for (WideDecimal candidate : wide) {
            if (candidate.getField() == field && candidate.getIndex() == index) {
                return wide(candidate, mantissa);
            }
        }
        return Decimal.of(mantissa, scale);
    }

    private Decimal wide(WideDecimal value, long mantissa) throws MalformedPayload {
        if (mantissa != 0) {
            throw new MalformedPayload(
                    message + ": field " + value.getField() + " has a value and a wide one");
        }
        try {
            return Decimal.parse(value.getText());
        } catch (IllegalArgumentException e) {
            throw new MalformedPayload(message + ": wide field " + value.getField(), e);
        }
    }

    Price price(int field, long mantissa, int scale) throws MalformedPayload {
        return price(field, 0, mantissa, scale);
    }

    Price price(int field, int index, long mantissa, int scale) throws MalformedPayload {
        return new Price(notNegative(field, decimal(field, index, mantissa, scale)));
    }

    Quantity quantity(int field, long mantissa, int scale) throws MalformedPayload {
        return quantity(field, 0, mantissa, scale);
    }

    Quantity quantity(int field, int index, long mantissa, int scale) throws MalformedPayload {
        return new Quantity(notNegative(field, decimal(field, index, mantissa, scale)));
    }

    private Decimal notNegative(int field, Decimal value) throws MalformedPayload {
        if (value.signum() < 0) {
            throw new MalformedPayload(message + ": field " + field + " is negative");
        }
        return value;
    }
}
