package io.tapeline.ingestor;

import io.tapeline.ingestor.coingecko.ApiKey;
import io.tapeline.ingestor.coingecko.CoinGeckoSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code tapeline.coingecko.}: prices of coins; an empty address switches the venue off.
 *
 * @param url base to which {@code /simple/price} is appended
 * @param apiKey the key, if there is one; never logged
 * @param keyKind of the key: demo or pro, which have different addresses
 * @param coins ids of the coins, as CoinGecko spells them
 * @param currencies in which they are priced
 * @param monthlyCredits what a month may cost, a credit a call; the pace of calls follows from it:
 *     10000 are one call each 268s
 * @param callsPerMinute most calls in a minute
 * @param shortestInterval least time between two calls for the same coins; CoinGecko's answers are
 *     renewed each 60s, for a paid key each 20s
 * @param coinsPerCall most coins in one call, up to 500
 * @param answerWithin how long an answer may take
 */
record CoinGeckoProperties(
        @DefaultValue("https://api.coingecko.com/api/v3") String url,
        @DefaultValue("") String apiKey,
        @DefaultValue("demo") String keyKind,
        @DefaultValue({"bitcoin", "ethereum"}) List<String> coins,
        @DefaultValue("usd") List<String> currencies,
        @DefaultValue("10000") int monthlyCredits,
        @DefaultValue("30") int callsPerMinute,
        @DefaultValue("60s") Duration shortestInterval,
        @DefaultValue("250") int coinsPerCall,
        @DefaultValue("15s") Duration answerWithin) {

    /** Empty if the venue is switched off. */
    Optional<CoinGeckoSettings> toSettings() {
        if (url.isBlank()) {
            return Optional.empty();
        }
        ApiKey.Kind kind = ApiKey.Kind.of(keyKind);
        return Optional.of(
                new CoinGeckoSettings(
                        SettingText.address("tapeline.coingecko.url", url, "http"),
                        SettingText.names(coins),
                        SettingText.names(currencies),
                        apiKey.isBlank()
                                ? Optional.empty()
                                : Optional.of(new ApiKey(kind, apiKey.strip())),
                        monthlyCredits,
                        callsPerMinute,
                        shortestInterval,
                        coinsPerCall,
                        answerWithin));
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "CoinGecko[url=" + url + ", coins=" + coins + "]";
    }
}
