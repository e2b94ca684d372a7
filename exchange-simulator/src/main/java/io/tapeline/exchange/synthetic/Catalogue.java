package io.tapeline.exchange.synthetic;

import io.tapeline.exchange.market.JsonWriter;
import io.tapeline.exchange.market.PairSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * The pairs that a synthetic market lists, most traded first: well-known names with their real tick
 * and lot sizes, then generated ones, as many as are wanted.
 */
final class Catalogue {

    /** Its name has letters beyond ASCII, as real listings have had (EXCHANGES A.2). */
    static final String NON_ASCII_SYMBOL = "币安人生USDT";

    private static final long CALM = 90_000L;
    private static final long LIVELY = 140_000L;
    private static final long WILD = 200_000L;

    private static final List<SyntheticPair> KNOWN =
            List.of(
                    pair("BTC", "USDT", 2, 5, 61_837_63L, 2_100L, 900, CALM),
                    pair("ETH", "USDT", 2, 4, 2_683_24L, 6_400L, 700, CALM),
                    pair("SOL", "USDT", 2, 3, 154_71L, 6_200L, 400, LIVELY),
                    pair("BNB", "USDT", 2, 3, 521_30L, 1_100L, 300, CALM),
                    pair("XRP", "USDT", 4, 0, 6_093L, 4_900L, 300, LIVELY),
                    pair("DOGE", "USDT", 5, 0, 10_512L, 6_100L, 250, LIVELY),
                    // Its quantities and day volumes do not fit 64 bits at eight decimals.
                    pair("BTTC", "USDT", 8, 0, 72L, 190_000_000_000L, 120, WILD),
                    pair("PEPE", "USDT", 8, 0, 812L, 61_000_000L, 220, WILD),
                    pair("ADA", "USDT", 4, 1, 3_498L, 14_000L, 160, LIVELY),
                    pair("SHIB", "USDT", 8, 0, 1_391L, 31_000_000L, 150, LIVELY),
                    pair("ETH", "BTC", 5, 4, 4_339L, 3_300L, 120, CALM),
                    pair("LINK", "USDT", 2, 2, 10_61L, 4_700L, 110, LIVELY),
                    pair("AVAX", "USDT", 2, 2, 22_48L, 2_200L, 110, LIVELY),
                    pair("LTC", "USDT", 2, 3, 61_02L, 8_200L, 90, CALM),
                    pair("TRX", "USDT", 4, 1, 1_278L, 39_000L, 90, CALM),
                    pair("DOT", "USDT", 3, 2, 4_602L, 10_900L, 90, LIVELY),
                    pair("BNB", "BTC", 6, 3, 8_431L, 900L, 60, CALM),
                    pair("SOL", "BTC", 7, 2, 25_020L, 320L, 60, LIVELY),
                    pair("UNI", "USDT", 3, 2, 6_061L, 8_200L, 60, LIVELY),
                    pair("ATOM", "USDT", 3, 2, 4_711L, 10_600L, 60, LIVELY));

    private static final List<String> QUOTES =
            List.of("USDT", "BTC", "USDC", "ETH", "BNB", "FDUSD", "TRY", "EUR");

    private Catalogue() {}

    /**
     * @param count how many pairs
     * @param nonAscii whether the last of them is the one with a non-ASCII name
     */
    static List<SyntheticPair> list(int count, boolean nonAscii, long seed) {
        List<SyntheticPair> pairs = new ArrayList<>(count);
        int named = nonAscii ? count - 1 : count;
        for (int i = 0; i < named; i++) {
            pairs.add(i < KNOWN.size() ? KNOWN.get(i) : generated(i - KNOWN.size(), seed));
        }
        if (nonAscii) {
            pairs.add(pair("币安人生", "USDT", 4, 1, 1_523L, 33_000L, 40, WILD));
        }
        return pairs;
    }

    /** Four letters of base asset, unlike any of the known ones, and the quote assets in turn. */
    private static SyntheticPair generated(int index, long seed) {
        int name = index / QUOTES.size();
        String quote = QUOTES.get(index % QUOTES.size());
        StringBuilder base = new StringBuilder("Q");
        for (int letter = 0; letter < 3; letter++) {
            base.append((char) ('A' + name % 26));
            name /= 26;
        }
        long mixed = Mix.of(seed, 7, index);
        int priceScale = (int) (2 + Mix.below(mixed, 6));
        int quantityScale = (int) Mix.below(mixed >>> 8, 8 - priceScale + 1L);
        long price = 300 + Mix.below(mixed >>> 16, 90_000);
        // A level is worth about 300 units of the quote asset, whatever it is.
        long quantity =
                Math.max(2, 300 * JsonWriter.powerOfTen(priceScale + quantityScale) / price);
        return pair(base.toString(), quote, priceScale, quantityScale, price, quantity, 12, LIVELY);
    }

    private static SyntheticPair pair(
            String base,
            String quote,
            int priceScale,
            int quantityScale,
            long price,
            long quantity,
            long pace,
            long rough) {
        PairSpec spec = new PairSpec(base + quote, base, quote, priceScale, quantityScale, 1, 1);
        return new SyntheticPair(spec, price, quantity, pace, rough);
    }
}
