package io.tapeline.query.mirror;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a request of the mirror weighs, as the exchange counts (EXCHANGES.md A.6). A request that
 * will be refused weighs the least of its path.
 */
public final class RequestWeight {

    /** Where the paths begin. */
    public static final String ROOT = "/api/v3/";

    /** What an address may use in a minute, as {@code exchangeInfo} tells it. */
    public static final int MOST_A_MINUTE = 6_000;

    /** Requests of an address in five minutes, likewise. */
    public static final int MOST_REQUESTS = 300_000;

    private static final int[][] DEPTH = {{100, 5}, {500, 25}, {1_000, 50}};
    private static final int DEEPEST = 250;
    private static final int MOST_DIGITS = 9;

    private RequestWeight() {}

    /**
     * @param path of the request, undecoded
     * @param query undecoded, null where there is none
     */
    public static int of(String path, @Nullable String query) {
        if (!path.startsWith(ROOT)) {
            return 1;
        }
        return switch (path.substring(ROOT.length())) {
            case "exchangeInfo" -> 20;
            case "depth" -> depth(parameter(query, "limit"));
            case "klines", "uiKlines", "avgPrice" -> 2;
            case "trades", "historicalTrades" -> 25;
            case "aggTrades" -> 4;
            case "ticker/24hr" -> day(query);
            case "ticker/price", "ticker/bookTicker" -> parameter(query, "symbol") == null ? 4 : 2;
            default -> 1;
        };
    }

    /** Whether it is about one pair, by name. */
    static boolean isOfOne(@Nullable String query) {
        return parameter(query, "symbol") != null;
    }

    private static int depth(@Nullable String limit) {
        if (limit == null || !limit.matches("[0-9]+")) {
            return DEPTH[0][1];
        }
        if (limit.length() <= MOST_DIGITS) {
            for (int[] step : DEPTH) {
                if (Integer.parseInt(limit) <= step[0]) {
                    return step[1];
                }
            }
        }
        return DEEPEST;
    }

    private static int day(@Nullable String query) {
        if (parameter(query, "symbol") != null) {
            return 2;
        }
        String symbols = parameter(query, "symbols");
        if (symbols == null) {
            return 80;
        }
        long named = symbols.chars().filter(c -> c == ',').count() + 1;
        return named <= 20 ? 2 : named <= 100 ? 40 : 80;
    }

    /** The first of that name; null where there is none. */
    private static @Nullable String parameter(@Nullable String query, String name) {
        if (query == null) {
            return null;
        }
        for (String part : query.split("&")) {
            int equals = part.indexOf('=');
            if (equals >= 0 && decoded(part.substring(0, equals)).equals(name)) {
                return decoded(part.substring(equals + 1));
            }
        }
        return null;
    }

    /** As who answers reads it: a name may be spelled in percents too. */
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
