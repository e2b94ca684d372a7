package io.tapeline.examples;

import io.tapeline.schemas.proto.WideDecimal;
import java.math.BigDecimal;
import java.util.List;

/** Exact decimals of one message of the contract. */
final class Decimals {

    private final List<WideDecimal> wide;

    Decimals(List<WideDecimal> wide) {
        this.wide = wide;
    }

    /**
     * The mantissa times ten to the exponent of its group, or the text in {@code wide} where 64
     * bits were too few.
     *
     * @param field its number in the message
     * @param index in a repeated field, 0 otherwise
     */
    BigDecimal value(int field, int index, long mantissa, int exponent) {
        for (WideDecimal each : wide) {
            if (each.getField() == field && each.getIndex() == index) {
                return new BigDecimal(each.getText());
            }
        }
        return BigDecimal.valueOf(mantissa, -exponent);
    }

    static String text(BigDecimal value) {
        return value.stripTrailingZeros().toPlainString();
    }
}
