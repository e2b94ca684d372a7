package io.tapeline.exchange.coingecko;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What each key, or each address without one, has used in the minute and the month, both aligned to
 * the clock (EXCHANGES C, limits). Thread-safe.
 */
final class CallBudget {

    private final CoinGeckoLimits limits;
    private final Map<String, Used> callers = new HashMap<>();

    CallBudget(CoinGeckoLimits limits) {
        this.limits = limits;
    }

    private static final class Used {
        private long minute = Long.MIN_VALUE;
        private long calls;
        private long month = Long.MIN_VALUE;
        private long credits;
    }

    /** What becomes of a call. */
    sealed interface Verdict {

        /**
         * @param calls in this minute, this one included
         */
        record Allowed(long calls) implements Verdict {}

        /**
         * @param calls in this minute, this one included
         * @param rule what was overrun: {@code calls-per-minute} or {@code credits-per-month}
         * @param retryAfter until the window ends
         */
        record Refused(long calls, String rule, Duration retryAfter) implements Verdict {}
    }

    synchronized Verdict call(String caller, Instant now) {
        Used used = used(caller, now);
        used.calls++;
        if (used.calls > limits.callsPerMinute()) {
            return new Verdict.Refused(
                    used.calls, "calls-per-minute", untilEnd(now, limits.minute()));
        }
        if (used.credits >= limits.creditsPerMonth()) {
            return new Verdict.Refused(
                    used.calls, "credits-per-month", untilEnd(now, limits.month()));
        }
        return new Verdict.Allowed(used.calls);
    }

    /** The call was answered with 200: that costs a credit. */
    synchronized void answered(String caller, Instant now) {
        used(caller, now).credits++;
    }

    /** The credits used by the caller in this month. */
    synchronized long credits(String caller, Instant now) {
        return used(caller, now).credits;
    }

    private Used used(String caller, Instant now) {
        Used used = callers.computeIfAbsent(caller, c -> new Used());
        long minute = window(now, limits.minute());
        if (used.minute != minute) {
            used.minute = minute;
            used.calls = 0;
        }
        long month = window(now, limits.month());
        if (used.month != month) {
            used.month = month;
            used.credits = 0;
        }
        return used;
    }

    private static long window(Instant now, Duration length) {
        return Math.floorDiv(now.toEpochMilli(), length.toMillis());
    }

    private static Duration untilEnd(Instant now, Duration length) {
        long millis = length.toMillis();
        return Duration.ofMillis(millis - Math.floorMod(now.toEpochMilli(), millis));
    }
}
