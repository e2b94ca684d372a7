package io.tapeline.schemas.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.fuzz.Target;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Decimals beside {@link BigDecimal}. An input is one or two texts with a blank between them. */
public final class DecimalFuzz implements Target {

    private static final Pattern FORM =
            Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]{1,3})?");
    private static final Pattern PLAIN = Pattern.compile("-?0*([0-9]*)(\\.([0-9]+))?");

    @Override
    public List<byte[]> seeds() {
        return List.of(
                        "61855.30000000 -0.00000112",
                        "9223372036854775807 -9223372036854775808",
                        "-9223372036854775809 0.1",
                        "12345678901234567890123456789012345678 1e-38",
                        "1.5e37 -0 ",
                        "0.00000000000000000000000000000000000001 10",
                        "922337203685477580.7 0.3")
                .stream()
                .map(text -> text.getBytes(StandardCharsets.US_ASCII))
                .toList();
    }

    @Override
    public void read(byte[] input) {
        String[] texts = new String(input, StandardCharsets.UTF_8).split(" ", 2);
        List<Decimal> values = new ArrayList<>();
        for (String text : texts) {
            Decimal value = parsed(text);
            if (value == null) {
                return;
            }
            values.add(value);
        }
        together(values.getFirst(), values.getLast());
        together(values.getLast(), values.getFirst());
    }

    /** Null where it is refused, in order. */
    private static @Nullable Decimal parsed(String text) {
        Decimal value;
        try {
            value = Decimal.parse(text);
        } catch (IllegalArgumentException e) {
            assertThat(isBeyondDoubt(text)).as("refused: %s", text).isFalse();
            return null;
        }
        assertThat(text).matches(FORM);
        BigDecimal exact = new BigDecimal(text);
        assertThat(value.toBigDecimal()).isEqualByComparingTo(exact);
        assertThat(value.scale()).isBetween(0, Decimal.MAX_DIGITS);
        assertThat(exact.precision()).isLessThanOrEqualTo(Decimal.MAX_DIGITS);
        alone(value);
        return value;
    }

    private static boolean isBeyondDoubt(String text) {
        var plain = PLAIN.matcher(text);
        if (!plain.matches() || !FORM.matcher(text).matches()) {
            return false;
        }
        int whole = plain.group(1).length();
        int fraction = plain.group(3) == null ? 0 : plain.group(3).length();
        return whole + fraction <= Decimal.MAX_DIGITS;
    }

    private static void alone(Decimal value) {
        BigDecimal exact = value.toBigDecimal();
        assertThat(new BigDecimal(value.toString())).isEqualTo(exact);
        assertThat(Decimal.parse(value.toString())).isEqualTo(value);
        Decimal normalized = value.normalized();
        assertThat(normalized).isEqualTo(value).hasSameHashCodeAs(value);
        assertThat(normalized.scale())
                .isEqualTo(value.significantScale())
                .isEqualTo(
                        exact.signum() == 0 ? 0 : Math.max(0, exact.stripTrailingZeros().scale()));
        assertThat(value.signum()).isEqualTo(exact.signum());
        for (int scale = 0; scale <= Decimal.MAX_DIGITS; scale++) {
            assertThat(value.fitsAt(scale))
                    .as("%s at %s", value, scale)
                    .isEqualTo(at(value, scale));
        }
    }

    /** What {@link Decimal#mantissaAt} says, held against the exact one. */
    private static boolean at(Decimal value, int scale) {
        try {
            assertThat(BigDecimal.valueOf(value.mantissaAt(scale), scale))
                    .isEqualByComparingTo(value.toBigDecimal());
            return true;
        } catch (ArithmeticException e) {
            return false;
        }
    }

    private static void together(Decimal a, Decimal b) {
        BigDecimal x = a.toBigDecimal();
        BigDecimal y = b.toBigDecimal();
        assertThat(a.plus(b).toBigDecimal()).isEqualByComparingTo(x.add(y));
        assertThat(a.minus(b).toBigDecimal()).isEqualByComparingTo(x.subtract(y));
        assertThat(a.times(b).toBigDecimal()).isEqualByComparingTo(x.multiply(y));
        assertThat(Integer.signum(a.compareTo(b))).isEqualTo(Integer.signum(x.compareTo(y)));
        assertThat(a.equals(b)).isEqualTo(x.compareTo(y) == 0);
        if (a.equals(b)) {
            assertThat(a).hasSameHashCodeAs(b);
        }
    }
}
