package io.tapeline.exchange.coingecko;

import io.tapeline.exchange.synthetic.PricePath;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The coins there are and what they cost behind the cache: all that is asked within one cache time
 * has the same answer. The same seed gives the same prices. Thread-safe.
 */
final class CoinPrices {

    /** Of the paths, so that cheap and dear coins have as many digits. */
    private static final long PATH_BASE = 1_000_000_000L;

    private static final long ROUGHNESS = 60_000;
    private static final MathContext FULL = new MathContext(15, RoundingMode.HALF_EVEN);

    private static final List<Coin> COINS =
            List.of(
                    Coin.of("bitcoin", "btc", "Bitcoin", "64123.45", 19_900_000L),
                    Coin.of("ethereum", "eth", "Ethereum", "2671.23", 120_700_000L),
                    Coin.of("tether", "usdt", "Tether", "1.0003", 140_000_000_000L),
                    Coin.of("ripple", "xrp", "XRP", "2.1934", 59_000_000_000L),
                    Coin.of("solana", "sol", "Solana", "154.37", 520_000_000L),
                    Coin.of("usd-coin", "usdc", "USDC", "0.9998", 60_000_000_000L),
                    Coin.of("dogecoin", "doge", "Dogecoin", "0.1712", 149_000_000_000L),
                    Coin.of("cardano", "ada", "Cardano", "0.6231", 36_000_000_000L),
                    Coin.of("wrapped-bitcoin", "wbtc", "Wrapped Bitcoin", "64098.1", 0),
                    Coin.of("shiba-inu", "shib", "Shiba Inu", "0.00001223", 589_000_000_000_000L),
                    Coin.of("pepe", "pepe", "Pepe", "0.0000071", 420_690_000_000_000L));

    /** What one unit of a currency costs in dollars. */
    private static final Map<String, BigDecimal> CURRENCIES =
            Map.of(
                    "usd", BigDecimal.ONE,
                    "eur", new BigDecimal("1.0834"),
                    "gbp", new BigDecimal("1.2711"),
                    "jpy", new BigDecimal("0.006655"),
                    "chf", new BigDecimal("1.1293"),
                    "btc", new BigDecimal("64123.45"),
                    "eth", new BigDecimal("2671.23"));

    private final Duration cache;
    private final Map<String, Coin> coins = new LinkedHashMap<>();
    private final Map<String, PricePath> paths = new LinkedHashMap<>();

    CoinPrices(long seed, Duration cache) {
        this.cache = cache;
        for (Coin coin : COINS) {
            coins.put(coin.id(), coin);
            paths.put(
                    coin.id(), new PricePath(seed + coin.id().hashCode(), PATH_BASE, 1, ROUGHNESS));
        }
    }

    List<Coin> coins() {
        return List.copyOf(coins.values());
    }

    @Nullable Coin coin(String id) {
        return coins.get(id);
    }

    boolean hasCurrency(String currency) {
        return CURRENCIES.containsKey(currency.toLowerCase(Locale.ROOT));
    }

    /** When the values that are shown at the time came into the cache. */
    Instant cachedAt(Instant time) {
        long millis = cache.toMillis();
        return Instant.ofEpochMilli(Math.floorDiv(time.toEpochMilli(), millis) * millis);
    }

    /**
     * The price in a currency of the catalogue.
     *
     * @param cached a time of {@link #cachedAt}
     */
    BigDecimal price(Coin coin, String currency, Instant cached) {
        BigDecimal rate = CURRENCIES.get(currency.toLowerCase(Locale.ROOT));
        if (rate == null) {
            throw new IllegalArgumentException("no such currency: " + currency);
        }
        return coin.dollars().multiply(factor(coin, cached)).divide(rate, FULL);
    }

    /** By how many per cent it moved within the day before. */
    BigDecimal dayChange(Coin coin, Instant cached) {
        BigDecimal before = factor(coin, cached.minus(Duration.ofDays(1)));
        return factor(coin, cached)
                .subtract(before)
                .multiply(BigDecimal.valueOf(100))
                .divide(before, FULL);
    }

    private synchronized BigDecimal factor(Coin coin, Instant time) {
        PricePath path = paths.get(coin.id());
        if (path == null) {
            throw new IllegalArgumentException("no such coin: " + coin.id());
        }
        return BigDecimal.valueOf(path.at(time.toEpochMilli()), 9);
    }

    /** When the coin's price was last looked at: shortly before it came into the cache. */
    long updatedAtSeconds(Coin coin, Instant cached) {
        long lag = Math.floorMod(coin.id().hashCode(), Math.max(1, cache.toSeconds() / 2));
        return cached.getEpochSecond() - lag;
    }
}
