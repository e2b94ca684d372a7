package io.tapeline.exchange.coingecko;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class JsonNumberTest {

    private static String text(String value) {
        return JsonNumber.text(new BigDecimal(value));
    }

    @Test
    void pricesOfDearCoinsArePlain() {
        assertThat(text("64123.4500")).isEqualTo("64123.45");
        assertThat(text("64000")).isEqualTo("64000");
        assertThat(text("0.0001")).isEqualTo("0.0001");
        assertThat(text("0")).isEqualTo("0.0");
    }

    @Test
    void verySmallAndVeryLargeOnesHaveExponents() {
        assertThat(text("0.000000012")).isEqualTo("1.2e-08");
        assertThat(text("-0.00001")).isEqualTo("-1.0e-05");
        assertThat(text("10000000000000000")).isEqualTo("1.0e+16");
        assertThat(text("1234567890123456789")).isEqualTo("1.234567890123456789e+18");
    }
}
