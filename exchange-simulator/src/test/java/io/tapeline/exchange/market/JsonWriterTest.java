package io.tapeline.exchange.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonWriterTest {

    private static String decimal(long mantissa, int scale) {
        return new JsonWriter(TimePrecision.MILLISECOND).decimal(mantissa, scale).toString();
    }

    @Test
    void decimalsHaveEightPlaces() {
        assertThat(decimal(6183763, 2)).isEqualTo("\"61837.63000000\"");
        assertThat(decimal(0, 5)).isEqualTo("\"0.00000000\"");
        assertThat(decimal(72, 8)).isEqualTo("\"0.00000072\"");
        assertThat(decimal(-9383, 3)).isEqualTo("\"-9.38300000\"");
        assertThat(decimal(5, 0)).isEqualTo("\"5.00000000\"");
    }

    @Test
    void aValueThatNeedsMorePlacesKeepsThem() {
        assertThat(decimal(123456789012L, 10)).isEqualTo("\"12.3456789012\"");
    }

    @Test
    void sumsBeyond64BitsAreExact() {
        Sum sum = new Sum();
        sum.addProduct(Long.MAX_VALUE, 1000);
        assertThat(new JsonWriter(TimePrecision.MILLISECOND).decimal(sum, 8).toString())
                .isEqualTo("\"92233720368547.75807000\"");
    }

    @Test
    void everyDecimalReadsBackAsItself() {
        long seed = 3;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            long mantissa = random.nextLong() >> random.nextInt(64);
            int scale = random.nextInt(9);
            String text = decimal(mantissa, scale);
            assertThat(new BigDecimal(text.substring(1, text.length() - 1)))
                    .as("seed %s", seed)
                    .isEqualByComparingTo(BigDecimal.valueOf(mantissa, scale));
        }
    }

    @Test
    void timesFollowThePrecision() {
        assertThat(
                        new JsonWriter(TimePrecision.MILLISECOND)
                                .time(1_723_161_255_208_999L)
                                .toString())
                .isEqualTo("1723161255208");
        assertThat(
                        new JsonWriter(TimePrecision.MICROSECOND)
                                .time(1_723_161_255_208_999L)
                                .toString())
                .isEqualTo("1723161255208999");
    }

    @Test
    void textBeyondAsciiIsUtf8() {
        assertThat(
                        new JsonWriter(TimePrecision.MILLISECOND)
                                .quoted("a币安USDT")
                                .number(-12)
                                .toString())
                .isEqualTo("\"a币安USDT\"-12");
    }
}
