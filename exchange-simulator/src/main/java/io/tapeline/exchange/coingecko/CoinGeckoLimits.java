package io.tapeline.exchange.coingecko;

import java.time.Duration;

/**
 * CoinGecko's limits, each a number that tests may scale (EXCHANGES C).
 *
 * @param plan which root this is, and so which key it wants
 * @param cache values change at most once in this while
 * @param minute the while that {@code callsPerMinute} is about, aligned to the clock
 * @param callsPerMinute how many calls one key, or one address without a key, may make in a minute
 * @param month the while that {@code creditsPerMonth} is about, aligned to the clock
 * @param creditsPerMonth how many calls may be answered with 200 in a month; a call that is refused
 *     costs nothing
 */
public record CoinGeckoLimits(
        Plan plan,
        Duration cache,
        Duration minute,
        int callsPerMinute,
        Duration month,
        int creditsPerMonth) {

    /** What kind of access the root gives. */
    public enum Plan {
        /** Everybody, with a demo key or without any; limits are per address. */
        PUBLIC,
        /** Only with a demo key. */
        DEMO,
        /** Only with a pro key. */
        PRO
    }

    public CoinGeckoLimits {
        requirePositive("cache", cache);
        requirePositive("minute", minute);
        requirePositive("month", month);
        if (callsPerMinute <= 0 || creditsPerMonth <= 0) {
            throw new IllegalArgumentException(
                    "CoinGeckoLimits.callsPerMinute and creditsPerMonth must be positive, were "
                            + callsPerMinute
                            + " and "
                            + creditsPerMonth);
        }
    }

    /** The numbers of the real demo plan, with or without a key. */
    public static CoinGeckoLimits real() {
        return new CoinGeckoLimits(
                Plan.PUBLIC,
                Duration.ofSeconds(60),
                Duration.ofMinutes(1),
                30,
                Duration.ofDays(31),
                10_000);
    }

    public CoinGeckoLimits withPlan(Plan newPlan) {
        return new CoinGeckoLimits(newPlan, cache, minute, callsPerMinute, month, creditsPerMonth);
    }

    public CoinGeckoLimits withCache(Duration newCache) {
        return new CoinGeckoLimits(plan, newCache, minute, callsPerMinute, month, creditsPerMonth);
    }

    public CoinGeckoLimits withCalls(int calls, Duration within) {
        return new CoinGeckoLimits(plan, cache, within, calls, month, creditsPerMonth);
    }

    public CoinGeckoLimits withCredits(int credits, Duration within) {
        return new CoinGeckoLimits(plan, cache, minute, callsPerMinute, within, credits);
    }

    private static void requirePositive(String field, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(
                    "CoinGeckoLimits." + field + " must be positive, was " + value);
        }
    }
}
