package io.tapeline.exchange.coingecko;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The faults set up now. Thread-safe. */
final class CoinGeckoFaults {

    private Trouble trouble = new Trouble.None();
    private int times;
    private Instant frozenUntil = Instant.MIN;
    private @Nullable Instant frozenAt;
    private Set<String> nulls = Set.of();

    /** What one call meets. */
    sealed interface Trouble {
        record None() implements Trouble {}

        record Refusal(CoinGeckoError error) implements Trouble {}

        /** HTML, as of the network before the exchange. */
        record Page(int status) implements Trouble {}
    }

    synchronized void meet(Trouble newTrouble, int newTimes) {
        trouble = newTrouble;
        times = newTimes;
    }

    /** What this call meets. */
    synchronized Trouble next() {
        if (times == 0) {
            return new Trouble.None();
        }
        times--;
        return trouble;
    }

    synchronized void freeze(Instant cachedAt, Instant until) {
        frozenAt = cachedAt;
        frozenUntil = until;
    }

    /** The time of the values that are shown now. */
    synchronized Instant shownAt(CoinPrices prices, Instant now) {
        Instant frozen = frozenAt;
        return frozen != null && now.isBefore(frozenUntil) ? frozen : prices.cachedAt(now);
    }

    synchronized void nulls(Set<String> coins) {
        nulls = Set.copyOf(coins);
    }

    synchronized Set<String> nulls() {
        return nulls;
    }

    synchronized void heal() {
        times = 0;
        frozenAt = null;
        nulls = Set.of();
    }
}
