package io.tapeline.exchange.deribit;

import io.tapeline.exchange.synthetic.PricePath;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The indices there are and what they stand at: the same seed gives the same price at the same
 * time. Thread-safe.
 */
final class IndexPrices {

    /** A ten-thousandth is the unit of prices. */
    private static final int SCALE = 4;

    /** About one per cent within an hour, at most. */
    private static final long ROUGHNESS = 60_000;

    private final Map<String, PricePath> indices = new LinkedHashMap<>();

    IndexPrices(long seed) {
        add(seed, "btc_usd", 641_234_500L, 100);
        add(seed, "eth_usd", 26_712_300L, 1);
        add(seed, "sol_usd", 1_543_700L, 1);
        add(seed, "xrp_usd", 21_934L, 1);
        add(seed, "btc_usdc", 641_201_000L, 100);
        add(seed, "eth_usdc", 26_709_800L, 1);
        add(seed, "sol_usdc", 1_543_500L, 1);
        add(seed, "xrp_usdc", 21_931L, 1);
        add(seed, "btc_usdt", 641_410_700L, 100);
        add(seed, "eth_usdt", 26_719_600L, 1);
        add(seed, "steth_usdc", 26_690_100L, 1);
        add(seed, "paxg_usdc", 24_117_500L, 1);
    }

    private void add(long seed, String name, long basePrice, long tick) {
        indices.put(name, new PricePath(seed + name.hashCode(), basePrice, tick, ROUGHNESS));
    }

    List<String> names() {
        return List.copyOf(indices.keySet());
    }

    boolean has(String name) {
        return indices.containsKey(name);
    }

    /**
     * The price as it is written, a JSON number with at least one decimal; null where there is no
     * such index.
     */
    synchronized @Nullable String at(String name, Instant time) {
        PricePath path = indices.get(name);
        if (path == null) {
            return null;
        }
        BigDecimal price = BigDecimal.valueOf(path.at(time.toEpochMilli()), SCALE);
        BigDecimal shortest = price.stripTrailingZeros();
        return (shortest.scale() < 1 ? shortest.setScale(1) : shortest).toPlainString();
    }
}
