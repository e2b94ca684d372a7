package io.tapeline.aggregator.candle;

import io.tapeline.schemas.market.EpochMicros;

/**
 * How often missing candles were asked for. After {@value #MAX_ATTEMPTS} requests the exchange is
 * taken not to have them: it leaves out the minutes of a halt.
 */
public record BackfillPacing(int attempts, EpochMicros lastRequest) {

    public static final int MAX_ATTEMPTS = 8;

    private static final long FIRST_WAIT_MICROS = 10_000_000;

    /** What to do now about candles that are still missing. */
    public enum Verdict {
        WAIT,
        ASK,
        GIVE_UP
    }

    public static final BackfillPacing FRESH = new BackfillPacing(0, new EpochMicros(0));

    public Verdict decide(EpochMicros now) {
        if (attempts == 0) {
            return Verdict.ASK;
        }
        // 10 s, 20 s, 40 s, ...
        long wait = FIRST_WAIT_MICROS << (attempts - 1);
        if (now.value() - lastRequest.value() < wait) {
            return Verdict.WAIT;
        }
        return attempts < MAX_ATTEMPTS ? Verdict.ASK : Verdict.GIVE_UP;
    }

    public BackfillPacing asked(EpochMicros now) {
        return new BackfillPacing(attempts + 1, now);
    }
}
