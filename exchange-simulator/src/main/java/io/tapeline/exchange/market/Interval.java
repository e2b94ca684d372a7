package io.tapeline.exchange.market;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.Optional;

/**
 * A candle's length (EXCHANGES A.4). Weeks begin on Monday, months on the first, three-day candles
 * count from the epoch.
 */
public enum Interval {
    SECOND_1("1s", 1_000L),
    MINUTE_1("1m", 60_000L),
    MINUTE_3("3m", 180_000L),
    MINUTE_5("5m", 300_000L),
    MINUTE_15("15m", 900_000L),
    MINUTE_30("30m", 1_800_000L),
    HOUR_1("1h", 3_600_000L),
    HOUR_2("2h", 7_200_000L),
    HOUR_4("4h", 14_400_000L),
    HOUR_6("6h", 21_600_000L),
    HOUR_8("8h", 28_800_000L),
    HOUR_12("12h", 43_200_000L),
    DAY_1("1d", 86_400_000L),
    DAY_3("3d", 259_200_000L),
    WEEK_1("1w", 604_800_000L),
    MONTH_1("1M", 0L);

    private static final long MILLIS_PER_DAY = 86_400_000L;

    private final String text;
    private final long millis;

    Interval(String text, long millis) {
        this.text = text;
        this.millis = millis;
    }

    /** As the exchange writes it; case matters ({@code 1m} is a minute, {@code 1M} a month). */
    public String text() {
        return text;
    }

    public static Optional<Interval> of(String text) {
        return Arrays.stream(values()).filter(i -> i.text.equals(text)).findFirst();
    }

    /**
     * The open time of the candle that holds the given time.
     *
     * @param epochMillis the time
     * @param offsetMillis how far the time zone that draws the borders is ahead of UTC
     * @return milliseconds since the epoch, UTC
     */
    public long openTime(long epochMillis, long offsetMillis) {
        long local = epochMillis + offsetMillis;
        return switch (this) {
                    case WEEK_1 ->
                            date(local)
                                            .with(
                                                    TemporalAdjusters.previousOrSame(
                                                            DayOfWeek.MONDAY))
                                            .toEpochDay()
                                    * MILLIS_PER_DAY;
                    case MONTH_1 -> date(local).withDayOfMonth(1).toEpochDay() * MILLIS_PER_DAY;
                    case SECOND_1,
                            MINUTE_1,
                            MINUTE_3,
                            MINUTE_5,
                            MINUTE_15,
                            MINUTE_30,
                            HOUR_1,
                            HOUR_2,
                            HOUR_4,
                            HOUR_6,
                            HOUR_8,
                            HOUR_12,
                            DAY_1,
                            DAY_3 ->
                            Math.floorDiv(local, millis) * millis;
                }
                - offsetMillis;
    }

    /** The open time of the candle after the one that opens at the given time. */
    public long next(long openTime, long offsetMillis) {
        return this == MONTH_1
                ? date(openTime + offsetMillis).plusMonths(1).toEpochDay() * MILLIS_PER_DAY
                        - offsetMillis
                : openTime + millis;
    }

    /** The open time of the candle before the one that opens at the given time. */
    public long previous(long openTime, long offsetMillis) {
        return this == MONTH_1
                ? date(openTime + offsetMillis).minusMonths(1).toEpochDay() * MILLIS_PER_DAY
                        - offsetMillis
                : openTime - millis;
    }

    private static LocalDate date(long localMillis) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(localMillis), ZoneOffset.UTC);
    }
}
