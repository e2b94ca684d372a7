package io.tapeline.aggregator;

import java.time.Duration;

/**
 * How books are bounded and audited.
 *
 * @param mostLevels of a side; beyond it the farthest go
 * @param auditHeals whether a book that the exchange contradicts is asked for anew, or only told of
 * @param auditEvery time between two REST answers that the books of a partition are held against,
 *     each of weight 5; zero: none. Six partitions and ten seconds are 180 of the exchange's 6,000
 *     a minute
 */
public record BookSettings(int mostLevels, boolean auditHeals, Duration auditEvery) {

    /**
     * A snapshot has 5,000 levels a side at most; the 10,000 beside them are room for those that
     * were announced since and for ghosts, at 24 bytes each.
     */
    public static final BookSettings USUAL = new BookSettings(15_000, true, Duration.ofSeconds(10));

    public BookSettings {
        if (mostLevels < 100) {
            throw new IllegalArgumentException(
                    "aggregator: book-levels "
                            + mostLevels
                            + " is not allowed; allowed: at least 100");
        }
        if (auditEvery.isNegative()) {
            throw new IllegalArgumentException(
                    "aggregator: audit-every "
                            + auditEvery
                            + " is not allowed; allowed: zero or more");
        }
    }
}
