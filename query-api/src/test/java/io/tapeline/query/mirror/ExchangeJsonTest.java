package io.tapeline.query.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The exchange's way to write. */
final class ExchangeJsonTest {

    private static String written(String value) {
        return new ExchangeJson(TimeUnitAsked.MILLISECOND).decimal(Decimal.parse(value)).toString();
    }

    @ParameterizedTest
    @CsvSource({
        "61855.3, 61855.30000000",
        "61855.30000000, 61855.30000000",
        "0, 0.00000000",
        "0.00000001, 0.00000001",
        "-1.5, -1.50000000",
        "1234567890123456789012345678, 1234567890123456789012345678.00000000",
        "92233720368.54775807, 92233720368.54775807",
        "92233720368.54775808, 92233720368.54775808",
        "-9223372036854775808, -9223372036854775808.00000000",
        "0.0000000001, 0.0000000001",
    })
    void decimalsHaveEightPlacesAndMoreOnlyWhereTheyNeedThem(String value, String text) {
        assertThat(written(value)).isEqualTo('"' + text + '"');
    }

    @Test
    void anyDecimalIsWrittenWithItsWholeValue() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            BigDecimal value =
                    new BigDecimal(
                            new BigInteger(1 + random.nextInt(100), random), random.nextInt(12));
            String text = written(value.toPlainString());
            BigDecimal read = new BigDecimal(text.substring(1, text.length() - 1));
            assertThat(read).as("seed " + seed).isEqualByComparingTo(value);
            assertThat(read.scale())
                    .as("seed " + seed)
                    .isEqualTo(Math.max(8, value.stripTrailingZeros().scale()));
        }
    }

    @Test
    void levelsAreListsOfTwoTexts() {
        Levels compact =
                Levels.of(
                        List.of(Price.of("61855.36"), Price.of("61855.3")),
                        List.of(Quantity.of("1.5"), Quantity.of("0")));
        Levels wide =
                Levels.of(
                        List.of(Price.of("0.000000000000000001")),
                        List.of(Quantity.of("123456789012345678901234567890")));
        assertThat(
                        new ExchangeJson(TimeUnitAsked.MILLISECOND)
                                .open('{')
                                .name("b")
                                .levels(compact)
                                .name("a")
                                .levels(wide)
                                .name("none")
                                .levels(Levels.EMPTY)
                                .close('}')
                                .toString())
                .isEqualTo(
                        "{\"b\":[[\"61855.36000000\",\"1.50000000\"],"
                                + "[\"61855.30000000\",\"0.00000000\"]],"
                                + "\"a\":[[\"0.000000000000000001\","
                                + "\"123456789012345678901234567890.00000000\"]],\"none\":[]}");
    }

    @Test
    void timesAreOfTheUnitThatIsAskedFor() {
        EpochMicros time = new EpochMicros(1_723_161_255_208_999L);
        assertThat(new ExchangeJson(TimeUnitAsked.MILLISECOND).time(time).toString())
                .isEqualTo("1723161255208");
        assertThat(new ExchangeJson(TimeUnitAsked.MICROSECOND).time(time).toString())
                .isEqualTo("1723161255208999");
        assertThat(TimeUnitAsked.of("microsecond")).contains(TimeUnitAsked.MICROSECOND);
        assertThat(TimeUnitAsked.of("Microsecond")).isEmpty();
    }

    @Test
    void textsAreEscapedAndWhatIsMissingIsNull() {
        assertThat(
                        new ExchangeJson(TimeUnitAsked.MILLISECOND)
                                .open('[')
                                .text("a\"b\\c\n币安")
                                .text(null)
                                .flag(true)
                                .number(-1)
                                .close(']')
                                .toString())
                .isEqualTo("[\"a\\\"b\\\\c\\u000a币安\",null,true,-1]");
    }
}
