package io.tapeline.benchmarks.latency;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Whether a rate holds: the lag (events due that are not in their store) does not grow. It grows
 * where its median over the last third of the time is above the middle third's by more than a fifth
 * of a second's events, and so it does where it ends above a second's.
 */
final class LagJudge {

    private static final double GROWTH_SECONDS = 0.2;

    private final int perSecond;
    private final List<Long> lags = new ArrayList<>();

    LagJudge(int perSecond) {
        this.perSecond = perSecond;
    }

    /** At even times. */
    void lag(long events) {
        lags.add(events);
    }

    /**
     * @throws IllegalStateException before there are three lags
     */
    boolean holds() {
        int third = lags.size() / 3;
        if (third == 0) {
            throw new IllegalStateException("lag: judged after " + lags.size() + " looks");
        }
        long middle = median(lags.subList(third, 2 * third));
        long last = median(lags.subList(2 * third, lags.size()));
        return last - middle <= GROWTH_SECONDS * perSecond && lags.getLast() <= perSecond;
    }

    long most() {
        return lags.isEmpty() ? 0 : Collections.max(lags);
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
