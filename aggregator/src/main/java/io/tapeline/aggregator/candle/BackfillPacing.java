package io.tapeline.aggregator.candle;

import io.tapeline.schemas.market.EpochMicros;

/**
 * How often missing candles were asked for, and answered. After {@value #MAX_ANSWERS} answers that
 * left them out, or {@value #MAX_ATTEMPTS} requests whether answered or not, the exchange is taken
 * not to have them: it leaves out the minutes of a halt, and those before a listing.
 *
 * @param attempts requests so far
 * @param answers those of them that were answered
 * @param answered whether the last one was
 */
public record BackfillPacing(int attempts, int answers, boolean answered, EpochMicros lastRequest) {

    public static final int MAX_ATTEMPTS = 8;
    public static final int MAX_ANSWERS = 2;

    private static final long FIRST_WAIT_MICROS = 10_000_000;

    /** What to do now about candles that are still missing. */
    public enum Verdict {
        WAIT,
        ASK,
        GIVE_UP
    }

    public static final BackfillPacing FRESH = new BackfillPacing(0, 0, false, new EpochMicros(0));

    public Verdict decide(EpochMicros now) {
        if (attempts == 0) {
            return Verdict.ASK;
        }
        // 10 s, 20 s, 40 s, ...
        long wait = FIRST_WAIT_MICROS << (attempts - 1);
        if (now.value() - lastRequest.value() < wait) {
            return Verdict.WAIT;
        }
        return attempts < MAX_ATTEMPTS && answers < MAX_ANSWERS ? Verdict.ASK : Verdict.GIVE_UP;
    }

    public BackfillPacing asked(EpochMicros now) {
        return new BackfillPacing(attempts + 1, answers, false, now);
    }

    /** An answer came; of one request it counts once. */
    public BackfillPacing gotAnswer() {
        return answered || attempts == 0
                ? this
                : new BackfillPacing(attempts, answers + 1, true, lastRequest);
    }
}
