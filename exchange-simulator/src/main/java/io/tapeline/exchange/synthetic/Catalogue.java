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

    /** Their names have letters beyond ASCII, as real listings have had (EXCHANGES A.2). */
    private static final List<SyntheticPair> NON_ASCII =
            List.of(
                    pair("币安人生", "USDT", 4, 1, 1_523L, 33_000L, 40, WILD),
                    pair("我踏马来了", "USDT", 5, 0, 2_210L, 27_000L, 30, WILD),
                    pair("龙虾", "USDC", 5, 0, 1_804L, 41_000L, 20, WILD));

    /** How many names beyond ASCII there are. */
    static final int MOST_NON_ASCII = NON_ASCII.size();

    private static final List<String> QUOTES =
            List.of("USDT", "USDC", "FDUSD", "BTC", "TRY", "ETH", "BNB", "EUR", "BRL", "JPY");

    private static final List<String> BASES = bases();

    private Catalogue() {}

    private static List<String> bases() {
        return List.of(
                """
                AAVE ACA ACE ACH ACM ACT ADX AEVO AGLD AI AIXBT ALGO ALICE ALPINE ALT AMP ANIME ANKR APE API3
                APT AR ARB ARDR ARK ARKM ARPA ASR ASTR ATA ATM AUCTION AUDIO AVA AXL AXS BABY BAKE BANANA
                BAND BAR BAT BB BCH BEAMX BEL BERA BICO BIFI BIGTIME BIO BLUR BMT BNSOL BNT BOME BONK
                BROCCOLI714 C98 CAKE CATI CELO CELR CETUS CFX CGPT CHESS CHR CHZ CITY CKB COMP COOKIE COS
                COTI COW CRV CTK CTSI CVC CVX CYBER D DASH DATA DCR DEGO DENT DEXE DF DGB DIA DODO DOGS DUSK DYDX
                DYM EDU EGLD EIGEN ENA ENJ ENS EPIC ETC ETHFI EUL FARM FET FIDA FIL FIO FIS FLOKI FLOW FLUX
                FORM FORTH FTT FUN FXS G GALA GAS GHST GLM GLMR GMT GMX GNO GNS GPS GRT GTC GUN HBAR HEI HFT
                HIFI HIGH HIVE HMSTR HOOK HOT HUMA HYPER ICP ICX ID IDEX ILV IMX INIT INJ IO IOST IOTA IOTX IQ
                JASMY JOE JST JTO JUP JUV KAIA KAITO KAVA KDA KERNEL KMNO KNC KSM LA LAYER LAZIO LDO LEVER LISTA
                LPT LQTY LRC LSK LTO LUMIA LUNA LUNC MAGIC MANA MANTA MASK MAV MBL MBOX MDT ME MEME METIS MINA
                MLN MOVE MOVR MTL MUBARAK NEAR NEIRO NEO NEXO NFP NIL NKN NMR NOT NTRN NXPC OG OGN OM OMNI ONDO
                ONE ONG ONT OP ORCA ORDI OSMO OXT PARTI PAXG PENDLE PENGU PEOPLE PERP PHA PHB PIVX PIXEL PNUT
                POL POLYX POND PORTAL PORTO POWR PROM PSG PUNDIX PYR PYTH QI QKC QNT QTUM QUICK RAD RARE RAY RDNT
                RED REI RENDER REQ RESOLV REZ RIF RLC RONIN ROSE RPL RSR RUNE RVN S SAGA SAHARA SAND SANTOS SC
                SCR SCRT SEI SFP SHELL SIGN SKL SLF SLP SNX SOLV SOPH SPELL SPK SSV STEEM STG STO STORJ STRAX STRK
                STX SUI SUN SUPER SUSHI SXP SXT SYN SYRUP SYS T TAO TFUEL THE THETA TIA TKO TLM TNSR TON TOWNS
                TRB TRU TRUMP TST TURBO TUT TWT UMA USTC USUAL UTK VANA VANRY VELODROME VET VIC VIRTUAL VOXEL
                VTHO W WAN WAXP WBTC WCT WIF WIN WLD WOO XAI XEC XLM XNO XTZ XVG XVS YFI YGG ZEC ZEN ZIL ZK ZRO ZRX
                1000CAT 1000CHEEMS 1000SATS 1INCH 1MBABYDOGE
                """
                        .strip()
                        .split("\\s+"));
    }

    /**
     * @param count how many pairs
     * @param trading how many of them trade
     * @param nonAscii how many, the last of those that trade, have names beyond ASCII
     */
    static List<SyntheticPair> list(int count, int trading, int nonAscii, long seed) {
        List<SyntheticPair> pairs = new ArrayList<>(count);
        int firstNonAscii = trading - nonAscii;
        int named = 0;
        for (int i = 0; i < count; i++) {
            if (i >= firstNonAscii && i < trading) {
                pairs.add(NON_ASCII.get(trading - 1 - i));
            } else {
                pairs.add(
                        named < KNOWN.size()
                                ? KNOWN.get(named)
                                : generated(named - KNOWN.size(), seed));
                named++;
            }
        }
        return pairs;
    }

    /** Each base asset with the first quote asset, then each with the second, and so on. */
    private static SyntheticPair generated(int index, long seed) {
        int round = index / BASES.size();
        String base = BASES.get(index % BASES.size());
        if (round < QUOTES.size()) {
            return made(base, QUOTES.get(round), Mix.of(seed, 7, index));
        }
        // More than the real exchange ever had.
        return made(
                base + (round / QUOTES.size()),
                QUOTES.get(round % QUOTES.size()),
                Mix.of(seed, 7, index));
    }

    /** A pair with made-up numbers. */
    static SyntheticPair made(String base, String quote, long mixed) {
        int priceScale = (int) (2 + Mix.below(mixed, 6));
        int quantityScale = (int) Mix.below(mixed >>> 8, 8 - priceScale + 1L);
        long price = 300 + Mix.below(mixed >>> 16, 90_000);
        // A level is worth about 300 units of the quote asset, whatever it is.
        long quantity =
                Math.max(2, 300 * JsonWriter.powerOfTen(priceScale + quantityScale) / price);
        return pair(base, quote, priceScale, quantityScale, price, quantity, 12, LIVELY);
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
