package io.tapeline.exchange.coingecko;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** {@code GET /simple/price}: what is asked for, and the answer (EXCHANGES C). */
final class SimplePrice {

    private static final BigDecimal TURNOVER = new BigDecimal("0.031");

    private final CoinPrices prices;

    SimplePrice(CoinPrices prices) {
        this.prices = prices;
    }

    /**
     * An answer.
     *
     * @param status 200, or 422 where a parameter is missing
     */
    record Answer(int status, String body) {}

    /**
     * @param cached the time of the values, see {@link CoinPrices#cachedAt}
     * @param nulls the ids of coins whose values are null
     */
    Answer answer(Fields query, Instant cached, Set<String> nulls) {
        List<String> currencies = list(query, "vs_currencies");
        if (currencies.isEmpty()) {
            return new Answer(422, CoinGeckoError.missing("vs_currencies"));
        }
        Map<String, Coin> coins = coins(query);
        if (coins == null) {
            return new Answer(422, CoinGeckoError.missing("ids"));
        }
        StringBuilder out = new StringBuilder("{");
        coins.forEach((key, coin) -> {
            out.append(out.length() > 1 ? "," : "");
            out.append(JsonMapper.shared().writeValueAsString(key)).append(':');
            write(out, coin, currencies, query, cached, nulls.contains(coin.id()));
        });
        return new Answer(200, out.append('}').toString());
    }

    /** The coins by the key under which they stand; unknown ones are absent. Null: none asked. */
    private @Nullable Map<String, Coin> coins(Fields query) {
        if (!list(query, "ids").isEmpty()) {
            return find(list(query, "ids"), Coin::id);
        }
        if (!list(query, "names").isEmpty()) {
            return find(list(query, "names"), Coin::name);
        }
        return list(query, "symbols").isEmpty() ? null : find(list(query, "symbols"), Coin::symbol);
    }

    private Map<String, Coin> find(List<String> wanted, Function<Coin, String> naming) {
        Map<String, Coin> found = new LinkedHashMap<>();
        for (String name : wanted) {
            prices.coins().stream()
                    .filter(coin -> naming.apply(coin).equalsIgnoreCase(name))
                    .findFirst()
                    .ifPresent(coin -> found.put(naming.apply(coin), coin));
        }
        return found;
    }

    private void write(
            StringBuilder out,
            Coin coin,
            List<String> currencies,
            Fields query,
            Instant cached,
            boolean nothing) {
        List<String> fields = new ArrayList<>();
        for (String currency : currencies) {
            if (!prices.hasCurrency(currency)) {
                continue;
            }
            BigDecimal price = prices.price(coin, currency, cached);
            field(fields, currency, nothing ? null : shown(price, query));
            if (isTrue(query, "include_market_cap")) {
                BigDecimal value = price.multiply(BigDecimal.valueOf(coin.supply()));
                field(
                        fields,
                        currency + "_market_cap",
                        nothing || coin.supply() == 0 ? null : value);
            }
            if (isTrue(query, "include_24hr_vol")) {
                BigDecimal supply = BigDecimal.valueOf(Math.max(1_000_000L, coin.supply()));
                field(
                        fields,
                        currency + "_24h_vol",
                        nothing ? null : price.multiply(supply).multiply(TURNOVER));
            }
            if (isTrue(query, "include_24hr_change")) {
                field(
                        fields,
                        currency + "_24h_change",
                        nothing ? null : prices.dayChange(coin, cached));
            }
        }
        if (isTrue(query, "include_last_updated_at")) {
            fields.add(
                    "\"last_updated_at\":"
                            + (nothing ? "null" : prices.updatedAtSeconds(coin, cached)));
        }
        out.append('{').append(String.join(",", fields)).append('}');
    }

    private static void field(List<String> fields, String name, @Nullable BigDecimal value) {
        fields.add("\"" + name + "\":" + (value == null ? "null" : JsonNumber.text(value)));
    }

    /** Without {@code precision}: two decimals from one on, below it four digits. */
    private static BigDecimal shown(BigDecimal price, Fields query) {
        String precision = query.getValue("precision");
        if (precision != null && precision.equals("full")) {
            return price;
        }
        if (precision != null && precision.matches("1?[0-9]")) {
            return price.setScale(Integer.parseInt(precision), RoundingMode.HALF_EVEN);
        }
        int exponent = price.precision() - price.scale() - 1;
        return price.setScale(exponent >= 0 ? 2 : 3 - exponent, RoundingMode.HALF_EVEN);
    }

    private static boolean isTrue(Fields query, String name) {
        return "true".equals(query.getValue(name));
    }

    private static List<String> list(Fields query, String name) {
        String value = query.getValue(name);
        List<String> parts = new ArrayList<>();
        for (String part : (value == null ? "" : value).split(",")) {
            if (!part.isBlank()) {
                parts.add(part.strip().toLowerCase(Locale.ROOT));
            }
        }
        return parts;
    }
}
