package io.tapeline.ingestor.coingecko;

import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Venue;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is taken from CoinGecko, and at what pace.
 *
 * @param base of the addresses; {@code /simple/price} is appended
 * @param coins ids as CoinGecko spells them, such as {@code bitcoin}
 * @param currencies in which they are priced, such as {@code usd}
 * @param key empty: calls are made without one, which the venue allows at an uncertain rate
 * @param monthlyCredits what a month of 31 days may cost, a credit a call
 * @param callsPerMinute most calls in a minute
 * @param shortestInterval least time between two calls for the same coins: the venue renews its
 *     answers no more often than each 60 s (20 s for a paid key)
 * @param coinsPerCall most ids in one call
 * @param answerWithin how long an answer may take
 */
public record CoinGeckoSettings(
        URI base,
        List<String> coins,
        List<String> currencies,
        Optional<ApiKey> key,
        int monthlyCredits,
        int callsPerMinute,
        Duration shortestInterval,
        int coinsPerCall,
        Duration answerWithin) {

    private static final Duration MONTH = Duration.ofDays(31);

    /** EXCHANGES.md C: a few hundred ids a call are seen to work, 515 at most. */
    private static final int MOST_COINS_PER_CALL = 500;

    private static final int MOST_COINS = 20_000;

    public CoinGeckoSettings {
        coins = List.copyOf(coins);
        currencies = List.copyOf(currencies);
        names("coins", coins, "[A-Za-z0-9_.-]+", MOST_COINS);
        // The symbol's last hyphen is before the currency, so that has none.
        names("currencies", currencies, "[a-z0-9_.]+", 100);
        atLeastOne("monthly-credits", monthlyCredits);
        atLeastOne("calls-per-minute", callsPerMinute);
        atLeastOne("coins-per-call", coinsPerCall);
        if (coinsPerCall > MOST_COINS_PER_CALL) {
            throw new IllegalArgumentException(
                    "tapeline.coingecko.coins-per-call: "
                            + coinsPerCall
                            + " is above "
                            + MOST_COINS_PER_CALL);
        }
        positive("shortest-interval", shortestInterval);
        positive("answer-within", answerWithin);
        for (String coin : coins) {
            for (String currency : currencies) {
                pair(coin, currency);
            }
        }
    }

    /** As it is meant to run. */
    public static CoinGeckoSettings ofDefaults(
            URI base, List<String> coins, List<String> currencies) {
        return new CoinGeckoSettings(
                base,
                coins,
                currencies,
                Optional.empty(),
                10_000,
                30,
                Duration.ofSeconds(60),
                250,
                Duration.ofSeconds(15));
    }

    /** A pace for an exchange that is simulated: no credits to speak of. */
    public CoinGeckoSettings withPace(Duration interval) {
        return new CoinGeckoSettings(
                base,
                coins,
                currencies,
                key,
                Integer.MAX_VALUE,
                60_000,
                interval,
                coinsPerCall,
                answerWithin);
    }

    static Instrument pair(String coin, String currency) {
        return new Instrument(Venue.COINGECKO, coin + "-" + currency);
    }

    /** Of the pairs, by coin and then by currency. */
    public List<Instrument> instruments() {
        return coins.stream()
                .flatMap(coin -> currencies.stream().map(currency -> pair(coin, currency)))
                .toList();
    }

    /** The coins of each call, in turn. */
    List<List<String>> calls() {
        List<List<String>> calls = new ArrayList<>();
        for (int from = 0; from < coins.size(); from += coinsPerCall) {
            calls.add(coins.subList(from, Math.min(coins.size(), from + coinsPerCall)));
        }
        return List.copyOf(calls);
    }

    /**
     * Least time from one call to the next. With 10,000 credits 267.84 s: a month's calls at that
     * pace cost a month's credits, whenever the month begins and however often the process does.
     */
    Duration pace() {
        Duration ofCredits = divided(MONTH, monthlyCredits);
        Duration ofMinute = divided(Duration.ofMinutes(1), callsPerMinute);
        Duration ofCache = divided(shortestInterval, calls().size());
        return longest(ofCredits, longest(ofMinute, ofCache));
    }

    /** Rounded up to the millisecond. */
    private static Duration divided(Duration whole, int parts) {
        return Duration.ofMillis(Math.ceilDiv(whole.toMillis(), parts));
    }

    private static Duration longest(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static void names(String setting, List<String> names, String allowed, int most) {
        if (names.isEmpty()
                || names.size() > most
                || names.stream().distinct().count() != names.size()) {
            throw new IllegalArgumentException(
                    "tapeline.coingecko."
                            + setting
                            + ": "
                            + names
                            + " is empty, names one twice, or more than "
                            + most);
        }
        for (String name : names) {
            if (!name.matches(allowed)) {
                throw new IllegalArgumentException(
                        "tapeline.coingecko."
                                + setting
                                + ": \""
                                + name
                                + "\" holds characters that CoinGecko's ids do not");
            }
        }
    }

    private static void atLeastOne(String setting, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    "tapeline.coingecko." + setting + ": " + value + " is below 1");
        }
    }

    private static void positive(String setting, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(
                    "tapeline.coingecko." + setting + ": " + value + " is not positive");
        }
    }
}
