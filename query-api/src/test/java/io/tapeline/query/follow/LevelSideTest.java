package io.tapeline.query.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import io.tapeline.schemas.market.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The fast side beside a tree of decimals. */
final class LevelSideTest {

    private static final int ROUNDS = 400;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @ParameterizedTest
    @EnumSource
    void aSideIsWhatATreeWouldBe(Side side) {
        Comparator<Price> bestFirst =
                side == Side.BID ? Comparator.reverseOrder() : Comparator.naturalOrder();
        LevelSide fast = new LevelSide(side);
        NavigableMap<Price, Quantity> naive = new TreeMap<>(bestFirst);
        for (int round = 0; round < ROUNDS; round++) {
            boolean reset = round == 0 || random.nextInt(50) == 0;
            Map<Price, Quantity> changes = new TreeMap<>(bestFirst);
            for (int i = random.nextInt(30); i >= 0; i--) {
                changes.put(price(), quantity(reset));
            }
            Levels levels =
                    Levels.of(new ArrayList<>(changes.keySet()), List.copyOf(changes.values()));
            if (reset) {
                naive.clear();
                fast.reset(levels);
            } else {
                fast.apply(levels);
            }
            changes.forEach((price, quantity) -> {
                if (quantity.value().signum() == 0) {
                    naive.remove(price);
                } else {
                    naive.put(price, quantity);
                }
            });
            if (random.nextInt(40) == 0) {
                keep(fast, naive, 10);
            }
            int most = random.nextInt(40);
            assertThat(fast.size()).as("seed %s", seed).isEqualTo(naive.size());
            assertThat(fast.top(most)).as("seed %s", seed).isEqualTo(top(naive, most));
        }
    }

    private void keep(LevelSide fast, NavigableMap<Price, Quantity> naive, int most) {
        boolean tooMany = naive.size() > most;
        while (naive.size() > most) {
            naive.pollLastEntry();
        }
        assertThat(fast.keep(most)).as("seed %s", seed).isEqualTo(tooMany ? naive.lastKey() : null);
    }

    private static Levels top(NavigableMap<Price, Quantity> naive, int most) {
        List<Price> prices = naive.keySet().stream().limit(most).toList();
        return Levels.of(prices, prices.stream().map(naive::get).toList());
    }

    /** Now and then with more places than before, and seldom more than a long holds. */
    private Price price() {
        String whole = Integer.toString(90 + random.nextInt(20));
        return Price.of(
                switch (random.nextInt(200)) {
                    case 0 -> whole + "." + "1".repeat(20);
                    case 1, 2, 3 -> whole + ".00000001";
                    default -> whole + "." + random.nextInt(10);
                });
    }

    private Quantity quantity(boolean reset) {
        int number = random.nextInt(5) + (reset ? 1 : 0);
        return Quantity.of(random.nextInt(10) == 0 ? number + ".00000005" : "" + number);
    }
}
