package io.tapeline.schemas.market;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The length of a candle (EXCHANGES.md A.4). Names are case sensitive: {@code 1m} is a minute,
 * {@code 1M} a month.
 */
public enum Interval {
    ONE_SECOND("1s", 1),
    ONE_MINUTE("1m", 60),
    THREE_MINUTES("3m", 180),
    FIVE_MINUTES("5m", 300),
    FIFTEEN_MINUTES("15m", 900),
    THIRTY_MINUTES("30m", 1_800),
    ONE_HOUR("1h", 3_600),
    TWO_HOURS("2h", 7_200),
    FOUR_HOURS("4h", 14_400),
    SIX_HOURS("6h", 21_600),
    EIGHT_HOURS("8h", 28_800),
    TWELVE_HOURS("12h", 43_200),
    ONE_DAY("1d", 86_400),
    THREE_DAYS("3d", 259_200),
    /** Begins on Mondays. */
    ONE_WEEK("1w", 604_800),
    /** A calendar month. */
    ONE_MONTH("1M", 0);

    private static final long MICROS = 1_000_000;

    private final String id;
    private final long seconds;

    Interval(String id, long seconds) {
        this.id = id;
        this.seconds = seconds;
    }

    /**
     * The interval of that name.
     *
     * @throws IllegalArgumentException naming the intervals there are
     */
    public static Interval of(String id) {
        for (Interval interval : values()) {
            if (interval.id.equals(id)) {
                return interval;
            }
        }
        throw new IllegalArgumentException(
                "interval: \""
                        + id
                        + "\" is not one of "
                        + Arrays.stream(values())
                                .map(Interval::id)
                                .collect(Collectors.joining(", ")));
    }

    /** {@code 1m} */
    public String id() {
        return id;
    }

    /** The open time of the candle that contains the given time. */
    public EpochMicros openTimeOf(EpochMicros time) {
        return switch (this) {
            case ONE_MONTH -> startOf(date(time).withDayOfMonth(1));
            case ONE_WEEK ->
                    startOf(date(time).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
            case ONE_SECOND,
                    ONE_MINUTE,
                    THREE_MINUTES,
                    FIVE_MINUTES,
                    FIFTEEN_MINUTES,
                    THIRTY_MINUTES,
                    ONE_HOUR,
                    TWO_HOURS,
                    FOUR_HOURS,
                    SIX_HOURS,
                    EIGHT_HOURS,
                    TWELVE_HOURS,
                    ONE_DAY,
                    THREE_DAYS ->
                    new EpochMicros(time.value() - Math.floorMod(time.value(), seconds * MICROS));
        };
    }

    /** The open time of the candle after the one that opens at the given time. */
    public EpochMicros next(EpochMicros openTime) {
        return this == ONE_MONTH
                ? startOf(date(openTime).plusMonths(1))
                : new EpochMicros(openTime.value() + seconds * MICROS);
    }

    /**
     * The last millisecond of the candle that opens at the given time, inclusive: what the exchange
     * calls its close time.
     */
    public EpochMicros closeTimeOf(EpochMicros openTime) {
        return new EpochMicros(next(openTime).value() - 1_000);
    }

    private static LocalDate date(EpochMicros time) {
        return time.toInstant().atOffset(ZoneOffset.UTC).toLocalDate();
    }

    private static EpochMicros startOf(LocalDate date) {
        Instant start = date.atStartOfDay().toInstant(ZoneOffset.UTC);
        return EpochMicros.of(start);
    }
}
