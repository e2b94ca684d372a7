package io.tapeline.aggregator.candle;

import io.tapeline.schemas.market.EpochMicros;

/**
 * How often missing candles were asked for, and answered. After {@value #MAX_ANSWERS} answers that
 * left them out the exchange is taken not to have them: it leaves out the minutes of a halt, and
 * those before a listing. A request that nobody answered says nothing of them (an address may be
 * banned for three days, EXCHANGES.md A.7): it is made again, ever more seldom, for as long as it
 * takes.
 *
 * @param attempts requests so far
 * @param answers those of them that were answered
 * @param answered whether the last one was
 */
public record BackfillPacing(int attempts, int answers, boolean answered, EpochMicros lastRequest) {

    public static final int MAX_ANSWERS = 2;

    private static final long FIRST_WAIT_MICROS = 10_000_000;
    private static final long LONGEST_WAIT_MICROS = 600_000_000;
    private static final int MAX_DOUBLINGS = 6;

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
        // 10 s, 20 s, 40 s, ... 10 min
        long wait =
                Math.min(
                        FIRST_WAIT_MICROS << Math.min(attempts - 1, MAX_DOUBLINGS),
                        LONGEST_WAIT_MICROS);
        if (now.value() - lastRequest.value() < wait) {
            return Verdict.WAIT;
        }
        return answers < MAX_ANSWERS ? Verdict.ASK : Verdict.GIVE_UP;
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
