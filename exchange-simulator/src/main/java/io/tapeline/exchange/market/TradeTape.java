package io.tapeline.exchange.market;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The last trades of a pair, oldest first, at most a fixed number of them. Not thread-safe. */
final class TradeTape<T> {

    private final Object[] ring;
    private long added;

    TradeTape(int capacity) {
        this.ring = new Object[capacity];
    }

    void add(T trade) {
        ring[(int) (added++ % ring.length)] = trade;
    }

    /** All that are kept and pass the test, oldest first. */
    List<T> matching(Predicate<T> test) {
        List<T> found = new ArrayList<>();
        for (long i = Math.max(0, added - ring.length); i < added; i++) {
            @SuppressWarnings("unchecked") // only add() writes
            T trade = (T) ring[(int) (i % ring.length)];
            if (test.test(trade)) {
                found.add(trade);
            }
        }
        return found;
    }
}
