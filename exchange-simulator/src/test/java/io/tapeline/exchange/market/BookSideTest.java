package io.tapeline.exchange.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BookSideTest {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void holdsWhatASortedMapHolds(boolean bids) {
        long seed = 11;
        Random random = new Random(seed);
        BookSide side = new BookSide(bids, 2);
        TreeMap<Long, Long> expected =
                new TreeMap<>(
                        bids ? Comparator.<Long>reverseOrder() : Comparator.<Long>naturalOrder());
        for (int i = 0; i < 20_000; i++) {
            long price = 1 + random.nextInt(200);
            long quantity = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(1_000);
            side.set(price, quantity);
            if (quantity == 0) {
                expected.remove(price);
            } else {
                expected.put(price, quantity);
            }
            assertThat(side.quantityAt(price)).as("seed %s, step %s", seed, i).isEqualTo(quantity);
            if (i % 100 == 0) {
                assertThat(levels(side))
                        .as("seed %s, step %s", seed, i)
                        .isEqualTo(List.copyOf(expected.entrySet()));
            }
        }
    }

    private static List<Map.Entry<Long, Long>> levels(BookSide side) {
        List<Map.Entry<Long, Long>> levels = new ArrayList<>();
        for (int rank = 0; rank < side.size(); rank++) {
            levels.add(Map.entry(side.price(rank), side.quantity(rank)));
        }
        return levels;
    }
}
