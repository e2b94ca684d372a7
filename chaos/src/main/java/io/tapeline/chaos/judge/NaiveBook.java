package io.tapeline.chaos.judge;

import io.tapeline.schemas.market.BookEvent;
import io.tapeline.schemas.market.Levels;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A book as a consumer of the clean depth topic would build it, with nothing clever: the reference
 * of the tests.
 */
public final class NaiveBook {

    /** The best of both sides, with their quantities. */
    public record Top(
            BigDecimal bid, BigDecimal bidQuantity, BigDecimal ask, BigDecimal askQuantity) {}

    private final NavigableMap<BigDecimal, BigDecimal> bids =
            new TreeMap<>(Collections.reverseOrder());
    private final NavigableMap<BigDecimal, BigDecimal> asks = new TreeMap<>();
    private long updateId = -1;

    /**
     * @throws IllegalStateException if the event does not follow the one before it
     */
    public void apply(BookEvent event) {
        switch (event) {
            case BookEvent.Reset reset -> {
                bids.clear();
                asks.clear();
                set(bids, reset.bids());
                set(asks, reset.asks());
                updateId = reset.updateId();
            }
            case BookEvent.Delta delta -> {
                if (delta.previousUpdateId() != updateId
                        || delta.firstUpdateId() > updateId + 1
                        || delta.finalUpdateId() <= updateId) {
                    throw new IllegalStateException(
                            "book at "
                                    + updateId
                                    + " cannot be followed by "
                                    + delta.firstUpdateId()
                                    + ".."
                                    + delta.finalUpdateId()
                                    + " after "
                                    + delta.previousUpdateId());
                }
                set(bids, delta.bids());
                set(asks, delta.asks());
                updateId = delta.finalUpdateId();
            }
            case BookEvent.Lost _ -> updateId = -1;
        }
    }

    private static void set(NavigableMap<BigDecimal, BigDecimal> side, Levels levels) {
        for (int i = 0; i < levels.size(); i++) {
            BigDecimal price = levels.price(i).value().toBigDecimal().stripTrailingZeros();
            BigDecimal quantity = levels.quantity(i).value().toBigDecimal().stripTrailingZeros();
            if (quantity.signum() == 0) {
                side.remove(price);
            } else {
                side.put(price, quantity);
            }
        }
    }

    public long updateId() {
        return updateId;
    }

    public boolean isCrossed() {
        return !bids.isEmpty()
                && !asks.isEmpty()
                && bids.firstKey().compareTo(asks.firstKey()) >= 0;
    }

    public Top top() {
        return new Top(
                bids.firstKey(),
                bids.firstEntry().getValue(),
                asks.firstKey(),
                asks.firstEntry().getValue());
    }

    public NavigableMap<BigDecimal, BigDecimal> bids() {
        return bids;
    }

    public NavigableMap<BigDecimal, BigDecimal> asks() {
        return asks;
    }
}
