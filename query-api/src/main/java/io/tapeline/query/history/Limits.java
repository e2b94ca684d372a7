package io.tapeline.query.history;

import io.tapeline.schemas.market.EpochMicros;

/** What every question is held to, so that no answer is unbounded. */
public final class Limits {

    /** Most rows of an answer. */
    public static final int MOST_ROWS = 5_001;

    private Limits() {}

    static void require(String question, EpochMicros from, int limit) {
        if (from.value() < 0) {
            throw new IllegalArgumentException(question + ": from " + from + " is before 1970");
        }
        if (limit < 1 || limit > MOST_ROWS) {
            throw new IllegalArgumentException(
                    question + ": limit " + limit + " is not 1 to " + MOST_ROWS);
        }
    }
}
