package io.tapeline.query.history;

import java.time.Duration;

/**
 * Ages at which rows are deleted, in whole days, by a row's own time; zero keeps for ever. A row
 * may outlive its age by a day, since stores delete by stretches of time.
 *
 * @param candles by open time
 * @param prices by event time
 * @param tickers by event time
 */
public record Keep(Duration candles, Duration prices, Duration tickers) {

    public static final Keep FOR_EVER = new Keep(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    public Keep {
        wholeDays("candles", candles);
        wholeDays("prices", prices);
        wholeDays("tickers", tickers);
    }

    private static void wholeDays(String name, Duration age) {
        if (age.isNegative() || !age.equals(Duration.ofDays(age.toDays()))) {
            throw new IllegalArgumentException(
                    "history: keep-" + name + " " + age + " is not a number of whole days");
        }
    }
}
