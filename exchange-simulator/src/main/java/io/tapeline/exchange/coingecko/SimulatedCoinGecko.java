package io.tapeline.exchange.coingecko;

import io.tapeline.exchange.coingecko.CoinGeckoFaults.Trouble;
import io.tapeline.exchange.rest.RequestLog;
import io.tapeline.exchange.venue.VenueBreaches;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Handler;

/** CoinGecko, as far as simple prices go, and its faults. Thread-safe. */
public final class SimulatedCoinGecko {

    /** The base to which {@code /simple/price} is appended; it answers without this too. */
    public static final String REST_PATH = "/api/v3";

    private static final int BLOCKED = 403;
    private static final int BLOCKED_CODE = 1_020;

    private final CoinPrices prices;
    private final CoinGeckoFaults faults = new CoinGeckoFaults();
    private final CallBudget budget;
    private final RequestLog requests = new RequestLog();
    private final CoinGeckoHandler handler;
    private final InstantSource clock;

    /**
     * @param seed the same gives the same prices at the same times
     */
    public SimulatedCoinGecko(
            long seed, CoinGeckoLimits limits, VenueBreaches breaches, InstantSource clock) {
        this.clock = clock;
        this.prices = new CoinPrices(seed, limits.cache());
        this.budget = new CallBudget(limits);
        this.handler =
                new CoinGeckoHandler(prices, limits, budget, faults, requests, breaches, clock);
    }

    public Handler http() {
        return handler;
    }

    /** The ids of the coins there are. */
    public List<String> coins() {
        return prices.coins().stream().map(Coin::id).toList();
    }

    /** The calls made: weight is the credits each cost, used the calls of its minute. */
    public RequestLog requests() {
        return requests;
    }

    /**
     * The credits used in this month.
     *
     * @param caller the key; without one the address
     */
    public long credits(String caller) {
        return budget.credits(caller, clock.instant());
    }

    /** What {@link #refuse} knows: HTTP statuses, CoinGecko's own codes, and 1020 for the page. */
    public static List<Integer> errorCodes() {
        return Stream.concat(
                        Arrays.stream(CoinGeckoError.values()).map(CoinGeckoError::code),
                        Stream.of(BLOCKED_CODE))
                .sorted()
                .toList();
    }

    /**
     * Calls are refused whenever this is so; asked once a call. Replaces what was before.
     *
     * @param code one of {@link #errorCodes}
     */
    public void refuse(int code, BooleanSupplier now) {
        if (code == BLOCKED_CODE) {
            faults.meet(new Trouble.Page(BLOCKED), now);
            return;
        }
        for (CoinGeckoError error : CoinGeckoError.values()) {
            if (error.code() == code) {
                faults.meet(new Trouble.Refusal(error), now);
                return;
            }
        }
        throw new IllegalArgumentException(
                "coingecko error must be one of " + errorCodes() + ", was " + code);
    }

    /** Values and their times stay as they are while this is so. */
    public void freeze(BooleanSupplier now) {
        faults.freeze(faults.shownAt(prices, clock.instant()), now);
    }

    /** These coins, and only these, have null for every value. */
    public void nullValues(Set<String> coins) {
        faults.nulls(coins);
    }
}
