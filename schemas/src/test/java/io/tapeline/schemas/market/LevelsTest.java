package io.tapeline.schemas.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeline.schemas.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LevelsTest {

    private static Levels levels(String... pricesAndQuantities) {
        List<Price> prices = new ArrayList<>();
        List<Quantity> quantities = new ArrayList<>();
        for (int i = 0; i < pricesAndQuantities.length; i += 2) {
            prices.add(Price.of(pricesAndQuantities[i]));
            quantities.add(Quantity.of(pricesAndQuantities[i + 1]));
        }
        return Levels.of(prices, quantities);
    }

    @Test
    void theScalesAreTheSmallestThatHoldEveryValue() {
        Levels levels = levels("61855.30000000", "0.00000000", "61855.37000000", "1.50000000");
        assertThat(levels.isCompact()).isTrue();
        assertThat(levels.priceScale()).isEqualTo(2);
        assertThat(levels.quantityScale()).isEqualTo(1);
        assertThat(levels.priceMantissa(0)).isEqualTo(6_185_530);
        assertThat(levels.priceMantissa(1)).isEqualTo(6_185_537);
        assertThat(levels.quantityMantissa(0)).isZero();
        assertThat(levels.quantityMantissa(1)).isEqualTo(15);
    }

    @Test
    void aSideWithAValueThatDoesNotFitIsKeptAsDecimals() {
        Levels levels = levels("0.00000001", "12345678901234567890", "2", "0.1");
        assertThat(levels.isCompact()).isFalse();
        assertThat(levels).hasToString("[0.00000001 x 12345678901234567890, 2 x 0.1]");
        assertThat(levels.reduced()).isSameAs(levels);
        assertThat(levels)
                .isEqualTo(levels("0.000000010", "12345678901234567890.0", "2.0", "0.10"));
    }

    @Test
    void reducedKeepsEveryValue() {
        Random random = Seeds.random(LevelsTest.class);
        for (int i = 0; i < 2_000; i++) {
            int size = random.nextInt(6);
            long unit = (long) Math.pow(10, random.nextInt(9));
            long[] prices = random.longs(size, 0, 1_000_000).map(m -> m * unit).toArray();
            long[] quantities = random.longs(size, 0, 3).map(m -> m * unit).toArray();
            Levels levels =
                    Levels.compact(
                            size, random.nextInt(30), random.nextInt(30), prices, quantities);
            Levels reduced = levels.reduced();
            assertThat(reduced).isEqualTo(levels).hasSameHashCodeAs(levels);
            assertThat(reduced.reduced()).isSameAs(reduced);
            assertThat(reduced).isEqualTo(rebuilt(levels));
            assertThat(reduced.priceScale()).isEqualTo(rebuilt(levels).priceScale());
            assertThat(reduced.quantityScale()).isEqualTo(rebuilt(levels).quantityScale());
        }
    }

    private static Levels rebuilt(Levels levels) {
        List<Price> prices = new ArrayList<>();
        List<Quantity> quantities = new ArrayList<>();
        for (int i = 0; i < levels.size(); i++) {
            prices.add(levels.price(i));
            quantities.add(levels.quantity(i));
        }
        return Levels.of(prices, quantities);
    }

    @Test
    void whatLiesBehindTheLastLevelIsNotALevel() {
        Levels levels = Levels.compact(1, 0, 0, new long[] {5, 9}, new long[] {1, 9});
        assertThat(levels).isEqualTo(levels("5", "1")).isNotEqualTo(levels("5", "1", "9", "9"));
        assertThatThrownBy(() -> levels.price(1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> levels.quantityMantissa(1))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void pricesWithoutQuantitiesAreRefused() {
        assertThatThrownBy(() -> Levels.of(List.of(Price.of("1")), List.of()))
                .hasMessage("levels: 1 prices and 0 quantities");
        assertThatThrownBy(() -> Levels.compact(2, 0, 0, new long[2], new long[1]))
                .hasMessageContaining("size 2");
    }
}
