package io.tapeline.exchange.coingecko;

import java.time.Instant;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The faults set up now. Thread-safe. */
final class CoinGeckoFaults {

    private Trouble trouble = new Trouble.None();
    private BooleanSupplier meets = () -> false;
    private BooleanSupplier frozen = () -> false;
    private @Nullable Instant frozenAt;
    private Set<String> nulls = Set.of();

    /** What one call meets. */
    sealed interface Trouble {
        record None() implements Trouble {}

        record Refusal(CoinGeckoError error) implements Trouble {}

        /** HTML, as of the network before the exchange. */
        record Page(int status) implements Trouble {}
    }

    /** Calls meet the trouble whenever this is so. */
    synchronized void meet(Trouble newTrouble, BooleanSupplier when) {
        trouble = newTrouble;
        meets = when;
    }

    /** What this call meets. */
    synchronized Trouble next() {
        return meets.getAsBoolean() ? trouble : new Trouble.None();
    }

    /** Values stay as they are at that time while this is so. */
    synchronized void freeze(Instant cachedAt, BooleanSupplier when) {
        frozenAt = cachedAt;
        frozen = when;
    }

    /** The time of the values that are shown now. */
    synchronized Instant shownAt(CoinPrices prices, Instant now) {
        Instant at = frozenAt;
        return at != null && frozen.getAsBoolean() ? at : prices.cachedAt(now);
    }

    synchronized void nulls(Set<String> coins) {
        nulls = Set.copyOf(coins);
    }

    synchronized Set<String> nulls() {
        return nulls;
    }
}
