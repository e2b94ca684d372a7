package io.tapeline.schemas.binance;

import io.tapeline.schemas.json.JsonScanner;
import io.tapeline.schemas.json.Letters;
import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Origin;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import io.tapeline.schemas.market.Ticker;
import io.tapeline.schemas.raw.RawRecord;
import io.tapeline.schemas.wire.MalformedPayload;
import org.jspecify.annotations.Nullable;

/** The fields of a ticker by the stream's letters, in whatever order they come. */
final class TickerFields {

    private static final String ALWAYS = "scohlvq";

    private static final long MINI = Letters.of(ALWAYS + "eE");
    private static final long FULL = Letters.of(ALWAYS + "eEpPwxQbBaAOCFLn");

    /** {@code type=MINI} of REST has times and trades too. */
    private static final long REST_MINI = Letters.of(ALWAYS + "OCFLn");

    /** Only a full ticker has these. */
    private static final long ONLY_FULL = Letters.of("pPwxQbBaA");

    private long seen;
    private Price last = Price.ZERO;
    private Price open = Price.ZERO;
    private Price high = Price.ZERO;
    private Price low = Price.ZERO;
    private Quantity volume = Quantity.ZERO;
    private Quantity quoteVolume = Quantity.ZERO;
    private Decimal priceChange = Decimal.ZERO;
    private Decimal priceChangePercent = Decimal.ZERO;
    private Price weightedAverage = Price.ZERO;
    private Price previousClose = Price.ZERO;
    private Quantity lastQuantity = Quantity.ZERO;
    private Price bid = Price.ZERO;
    private Quantity bidQuantity = Quantity.ZERO;
    private Price ask = Price.ZERO;
    private Quantity askQuantity = Quantity.ZERO;
    private EpochMicros openTime = new EpochMicros(0);
    private EpochMicros closeTime = openTime;
    private long firstTradeId;
    private long lastTradeId;
    private long trades;

    /** Takes note of a field, which must be new. */
    void count(JsonScanner in, int letter) throws MalformedPayload {
        if (Letters.isLetter(letter)) {
            seen = Letters.add(in, seen, letter);
        }
    }

    void read(JsonScanner in, int letter, ExchangeTimeUnit unit) throws MalformedPayload {
        switch (letter) {
            case 'c' -> last = in.price("c");
            case 'o' -> open = in.price("o");
            case 'h' -> high = in.price("h");
            case 'l' -> low = in.price("l");
            case 'v' -> volume = in.quantity("v");
            case 'q' -> quoteVolume = in.quantity("q");
            case 'p' -> priceChange = in.decimal("p");
            case 'P' -> priceChangePercent = in.decimal("P");
            case 'w' -> weightedAverage = in.price("w");
            case 'x' -> previousClose = in.price("x");
            case 'Q' -> lastQuantity = in.quantity("Q");
            case 'b' -> bid = in.price("b");
            case 'B' -> bidQuantity = in.quantity("B");
            case 'a' -> ask = in.price("a");
            case 'A' -> askQuantity = in.quantity("A");
            case 'O' -> openTime = in.time("O", unit);
            case 'C' -> closeTime = in.time("C", unit);
            case 'F' -> firstTradeId = in.integer("F");
            case 'L' -> lastTradeId = in.integer("L");
            case 'n' -> trades = in.integer("n");
            default -> in.skip("payload");
        }
    }

    Ticker full(JsonScanner in, RawRecord record, EpochMicros eventTime) throws MalformedPayload {
        Letters.require(in, FULL, seen);
        return ticker(record, eventTime, details(), Origin.STREAM);
    }

    Ticker mini(JsonScanner in, RawRecord record, EpochMicros eventTime) throws MalformedPayload {
        Letters.require(in, MINI, seen);
        return ticker(record, eventTime, null, Origin.STREAM);
    }

    /** An element of REST: full, or mini where it has nothing that only a full one has. */
    Ticker element(JsonScanner in, RawRecord record) throws MalformedPayload {
        boolean mini = (seen & ONLY_FULL) == 0;
        Letters.require(in, mini ? REST_MINI : REST_MINI | ONLY_FULL, seen);
        return ticker(record, closeTime, mini ? null : details(), Origin.REST);
    }

    private Ticker.Details details() {
        return new Ticker.Details(
                priceChange,
                priceChangePercent,
                weightedAverage,
                previousClose,
                lastQuantity,
                bid,
                bidQuantity,
                ask,
                askQuantity,
                openTime,
                closeTime,
                firstTradeId,
                lastTradeId,
                trades);
    }

    private Ticker ticker(
            RawRecord record,
            EpochMicros eventTime,
            Ticker.@Nullable Details details,
            Origin origin) {
        return new Ticker(
                record.instrument(),
                eventTime,
                last,
                open,
                high,
                low,
                volume,
                quoteVolume,
                details,
                origin);
    }
}
