package io.tapeline.schemas.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeline.schemas.Seeds;
import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTest {

    private static final int CASES = 20_000;

    private static final Random RANDOM = Seeds.random(DecimalTest.class);

    private static String text() {
        String text = Seeds.decimalText(RANDOM);
        return RANDOM.nextInt(4) == 0 ? "-" + text : text;
    }

    /** Sometimes the same value at another scale, and often close to another. */
    private static Decimal near(Decimal value) {
        return switch (RANDOM.nextInt(4)) {
            case 0 -> value.normalized();
            case 1 -> value.plus(Decimal.of(1, RANDOM.nextInt(20)));
            case 2 -> Decimal.of(value.toBigDecimal().setScale(value.scale() + RANDOM.nextInt(20)));
            default -> Decimal.parse(text());
        };
    }

    @Test
    void anyTextOfUpTo38DigitsIsKeptAsWritten() {
        for (int i = 0; i < CASES; i++) {
            String text = text();
            Decimal value = Decimal.parse(text);
            BigDecimal expected = new BigDecimal(text);
            assertThat(value.toBigDecimal()).isEqualTo(expected);
            assertThat(value.toString()).isEqualTo(expected.toPlainString());
            assertThat(value.fitsInLong()).isEqualTo(expected.unscaledValue().bitLength() < 64);
            assertThat(Decimal.parse(value.toString())).isEqualTo(value);
        }
    }

    @Test
    void orderAndEqualityAgreeWithBigDecimal() {
        for (int i = 0; i < CASES; i++) {
            Decimal a = Decimal.parse(text());
            Decimal b = near(a);
            int expected = a.toBigDecimal().compareTo(b.toBigDecimal());
            assertThat(Integer.signum(a.compareTo(b))).as("%s and %s", a, b).isEqualTo(expected);
            assertThat(Integer.signum(b.compareTo(a))).isEqualTo(-expected);
            assertThat(a.equals(b)).isEqualTo(expected == 0);
            if (expected == 0) {
                assertThat(a).hasSameHashCodeAs(b);
            }
        }
    }

    @Test
    void sumsDifferencesAndProductsAreExact() {
        for (int i = 0; i < CASES; i++) {
            Decimal a = Decimal.parse(text());
            Decimal b = near(a);
            BigDecimal x = a.toBigDecimal();
            BigDecimal y = b.toBigDecimal();
            assertThat(a.plus(b).toBigDecimal()).isEqualTo(x.add(y));
            assertThat(a.minus(b).toBigDecimal()).isEqualTo(x.subtract(y));
            assertThat(a.times(b).toBigDecimal()).isEqualTo(x.multiply(y));
        }
    }

    @Test
    void aScaleFitsExactlyWhereBigDecimalSaysSo() {
        for (int i = 0; i < CASES; i++) {
            Decimal value = Decimal.parse(text());
            int scale = RANDOM.nextInt(40);
            BigDecimal stripped = value.toBigDecimal().stripTrailingZeros();
            boolean fits =
                    Math.max(0, stripped.scale()) <= scale
                            && stripped.setScale(scale).unscaledValue().bitLength() < 64;
            assertThat(value.fitsAt(scale)).as("%s at %s", value, scale).isEqualTo(fits);
            if (fits) {
                assertThat(Decimal.of(value.mantissaAt(scale), scale)).isEqualTo(value);
            } else {
                assertThatThrownBy(() -> value.mantissaAt(scale))
                        .isInstanceOf(ArithmeticException.class);
            }
        }
    }

    @Test
    void theSignificantScaleIsTheSmallestThatHoldsTheValue() {
        for (int i = 0; i < CASES; i++) {
            Decimal value = Decimal.parse(text());
            int expected = Math.max(0, value.toBigDecimal().stripTrailingZeros().scale());
            assertThat(value.significantScale()).isEqualTo(expected);
            assertThat(value.normalized()).isEqualTo(value);
            assertThat(value.normalized().scale()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "-0, 0, 0",
        "-0.00, 0, 2",
        "0.00000000, 0, 8",
        "61855.30000000, 6185530000000, 8",
        "007.5, 75, 1",
        "0000000000000000000000000000000000000000000000000000000000000000000000000001, 1, 0",
        "9223372036854775807, 9223372036854775807, 0",
        "-9223372036854775807, -9223372036854775807, 0",
        "922337203685.4775807, 9223372036854775807, 7",
        "1000000000000000000, 1000000000000000000, 0",
        "16695634127.60000000, 1669563412760000000, 8",
        "1.2e-08, 12, 9",
        "5E3, 5000, 0",
        "1.50e+1, 150, 1",
    })
    void aTextThatFitsHasItsMantissaInALong(String text, long mantissa, int scale) {
        Decimal value = Decimal.parse(text);
        assertThat(value.fitsInLong()).isTrue();
        assertThat(value.mantissa()).isEqualTo(mantissa);
        assertThat(value.toBigDecimal()).isEqualByComparingTo(new BigDecimal(text));
        assertThat(value.scale()).isEqualTo(scale);
    }

    @Test
    void aCheapCoinsDayOfVolumeOverflowsEightDecimalsAndIsExactAllTheSame() {
        String volume = "987654321098765.43210000";
        Decimal value = Decimal.parse(volume);
        assertThat(value.fitsInLong()).isFalse();
        assertThat(value.fitsAt(8)).isFalse();
        assertThat(value.toString()).isEqualTo(volume);
        assertThat(value.normalized()).hasToString("987654321098765.4321");
    }

    @Test
    void theLeastLongIsANumberLikeAnyOther() {
        Decimal least = Decimal.parse("-92233720368547758.08");
        assertThat(least.toString()).isEqualTo("-92233720368547758.08");
        Decimal same = Decimal.of(Long.MIN_VALUE, 2);
        assertThat(same).isEqualTo(least).hasSameHashCodeAs(least).hasToString(least.toString());
        assertThat(same.minus(same)).isEqualTo(Decimal.ZERO);
        assertThat(Decimal.ZERO.minus(same)).hasToString("92233720368547758.08");
        assertThat(same.times(Decimal.of(-1, 0))).hasToString("92233720368547758.08");
        assertThat(same.compareTo(Decimal.of(Long.MAX_VALUE, 0))).isNegative();
        assertThat(same.fitsAt(3)).isFalse();
        assertThat(same.fitsAt(2)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                ".",
                "1.",
                ".5",
                "+1",
                "1..2",
                "1.2.3",
                " 1",
                "1 ",
                "1e",
                "1e+",
                "e5",
                "NaN",
                "Infinity",
                "0x10",
                "1,5",
                "--1",
                "1-",
                "1e5000",
                "1e39",
                "1e-39",
                "1e1000000000",
                "123456789012345678901234567890123456789",
                "0.000000000000000000000000000000000000001",
                "\u0661",
                "1e5.5",
                "1d",
                "1f"
            })
    void whatIsNoDecimalOfUpTo38DigitsIsRefusedByName(String text) {
        assertThatThrownBy(() -> Decimal.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + text + "\"")
                .hasMessageContaining("at most 38 digits");
    }

    @Test
    void aLongTextIsShownInPartOnly() {
        assertThatThrownBy(() -> Decimal.parse("9".repeat(10_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .hasSizeLessThan(200);
    }

    @Test
    void pricesAndQuantitiesAreNotNegative() {
        assertThatThrownBy(() -> Price.of("-0.01")).hasMessage("price: -0.01 is negative");
        assertThatThrownBy(() -> Quantity.of("-1")).hasMessage("quantity: -1 is negative");
        assertThat(Price.of("0.50")).isEqualTo(Price.of("0.5")).hasToString("0.50");
    }
}
