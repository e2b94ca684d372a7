package io.tapeline.aggregator.book;

import java.util.Arrays;

/**
 * One side of a book in sorted primitive arrays. Levels are ordered by a <em>rank</em> that rises
 * with how good the price is (a bid's price, an ask's negated price), so that the best one is the
 * last: nearly all changes happen near the top, and there they move few elements.
 */
final class LevelArray {

    private static final int INITIAL_CAPACITY = 64;

    private long[] ranks = new long[INITIAL_CAPACITY];
    private long[] quantities = new long[INITIAL_CAPACITY];
    private long[] stamps = new long[INITIAL_CAPACITY];
    private int size;

    int size() {
        return size;
    }

    long rank(int index) {
        return ranks[index];
    }

    long quantity(int index) {
        return quantities[index];
    }

    /** The update id that last set the level. */
    long stamp(int index) {
        return stamps[index];
    }

    void clear() {
        size = 0;
    }

    /** Inserts, replaces, or for a quantity of 0 removes; removing what is absent does nothing. */
    void set(long rank, long quantity, long stamp) {
        int index = lowerBound(rank);
        boolean present = index < size && ranks[index] == rank;
        if (quantity == 0) {
            if (present) {
                remove(index);
            }
            return;
        }
        if (!present) {
            insert(index, rank);
        }
        quantities[index] = quantity;
        stamps[index] = stamp;
    }

    /** The index of the first level whose rank is at least the given one; {@code size} if none. */
    int lowerBound(long rank) {
        int low = 0;
        int high = size;
        // Gallop from the top: most changes are among the best few levels.
        int step = 1;
        while (step < size && ranks[size - step] >= rank) {
            high = size - step;
            step <<= 1;
        }
        if (step < size) {
            low = size - step + 1;
        }
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ranks[middle] < rank) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void insert(int index, long rank) {
        if (size == ranks.length) {
            int capacity = size * 2;
            ranks = Arrays.copyOf(ranks, capacity);
            quantities = Arrays.copyOf(quantities, capacity);
            stamps = Arrays.copyOf(stamps, capacity);
        }
        int moved = size - index;
        System.arraycopy(ranks, index, ranks, index + 1, moved);
        System.arraycopy(quantities, index, quantities, index + 1, moved);
        System.arraycopy(stamps, index, stamps, index + 1, moved);
        ranks[index] = rank;
        size++;
    }

    private void remove(int index) {
        int moved = size - index - 1;
        System.arraycopy(ranks, index + 1, ranks, index, moved);
        System.arraycopy(quantities, index + 1, quantities, index, moved);
        System.arraycopy(stamps, index + 1, stamps, index, moved);
        size--;
    }

    void removeWorst(int count) {
        int kept = size - count;
        System.arraycopy(ranks, count, ranks, 0, kept);
        System.arraycopy(quantities, count, quantities, 0, kept);
        System.arraycopy(stamps, count, stamps, 0, kept);
        size = kept;
    }

    /** Whether every rank and quantity times these factors still fits in a long. */
    boolean fitsTimes(long priceFactor, long quantityFactor) {
        for (int i = 0; i < size; i++) {
            if (Mantissas.overflows(ranks[i], priceFactor)
                    || Mantissas.overflows(quantities[i], quantityFactor)) {
                return false;
            }
        }
        return true;
    }

    /** Only after {@link #fitsTimes}. */
    void multiply(long priceFactor, long quantityFactor) {
        for (int i = 0; i < size; i++) {
            ranks[i] *= priceFactor;
            quantities[i] *= quantityFactor;
        }
    }
}
