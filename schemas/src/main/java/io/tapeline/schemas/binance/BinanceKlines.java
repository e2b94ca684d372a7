package io.tapeline.schemas.binance;

import io.tapeline.schemas.json.JsonScanner;
import io.tapeline.schemas.json.Letters;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Interval;
import io.tapeline.schemas.market.Origin;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import io.tapeline.schemas.raw.RawRecord;
import io.tapeline.schemas.wire.MalformedPayload;
import java.time.Duration;

/**
 * Candles: {@code kline} of the streams (EXCHANGES.md A.4) and one row of the answer of {@code GET
 * /api/v3/klines} (A.6).
 */
public final class BinanceKlines {

    private static final String PATH = "rest/klines";

    /**
     * How long after a candle's end a row of REST is believed to be final.
     *
     * <p>A row does not say whether its candle is closed (A.6: the last one may still be open), and
     * a candle once taken for closed is never changed again, so an early belief would be kept for
     * good. The exchange wrote the row before it was received: had the candle ended by the
     * exchange's clock when the row was written, the row is final, since no trade after the end
     * counts. A row received this long after the end was written after it, unless the answer
     * travelled longer or the clocks differ by more. Who asks for a missing candle does so because
     * a later one was seen, which is later than this except at the very beginning of that one; a
     * row that comes too early is then an update of an open candle, not a wrong closed one.
     */
    static final Duration SETTLING = Duration.ofSeconds(1);

    private static final long REQUIRED = Letters.of("eEsk");
    private static final long REQUIRED_OF_CANDLE = Letters.of("tTsiochlvnxqVQ");

    private BinanceKlines() {}

    /**
     * An event or a row, by the record's stream.
     *
     * @throws MalformedPayload if it is neither, of another symbol, or of futures
     */
    public static Candle decode(RawRecord record) throws MalformedPayload {
        try {
            return record.isRest() ? row(record) : event(record);
        } catch (IllegalArgumentException e) {
            throw new MalformedPayload("kline: " + e.getMessage(), e);
        }
    }

    private static Candle event(RawRecord record) throws MalformedPayload {
        JsonScanner in = new JsonScanner("kline", record.payload());
        long seen = 0;
        EpochMicros eventTime = new EpochMicros(0);
        KlineFields candle = new KlineFields();
        in.beginObject("payload");
        for (int key = in.firstKey(); key != JsonScanner.NO_KEY; key = in.nextKey("payload")) {
            if (Letters.isLetter(key)) {
                seen = Letters.add(in, seen, key);
            }
            switch (key) {
                case 'e' -> in.expectText("e", "kline");
                case 'E' -> eventTime = in.time("E", record.unit());
                case 's' -> in.expectText("s", record.instrument().symbol());
                case 'k' -> candle.read(in, record);
                case FuturesKeys.PREVIOUS_UPDATE, FuturesKeys.PAIR -> throw FuturesKeys.refuse(in);
                default -> in.skip("payload");
            }
        }
        in.end();
        Letters.require(in, REQUIRED, seen);
        return candle.toCandle(record, eventTime);
    }

    /** The fields of {@code k}, in whatever order they come. */
    private static final class KlineFields {
        private EpochMicros openTime = new EpochMicros(0);
        private EpochMicros closeTime = openTime;
        private Interval interval = Interval.ONE_MINUTE;
        private Price open = Price.ZERO;
        private Price high = Price.ZERO;
        private Price low = Price.ZERO;
        private Price close = Price.ZERO;
        private Quantity volume = Quantity.ZERO;
        private Quantity quoteVolume = Quantity.ZERO;
        private Quantity takerBuyVolume = Quantity.ZERO;
        private Quantity takerBuyQuoteVolume = Quantity.ZERO;
        private long trades;
        private boolean closed;

        void read(JsonScanner in, RawRecord record) throws MalformedPayload {
            long seen = 0;
            in.beginObject("k");
            for (int key = in.firstKey(); key != JsonScanner.NO_KEY; key = in.nextKey("k")) {
                if (Letters.isLetter(key)) {
                    seen = Letters.add(in, seen, key);
                }
                switch (key) {
                    case 't' -> openTime = in.time("k.t", record.unit());
                    case 'T' -> closeTime = in.time("k.T", record.unit());
                    case 's' -> in.expectText("k.s", record.instrument().symbol());
                    case 'i' -> interval = interval(in);
                    case 'o' -> open = in.price("k.o");
                    case 'c' -> close = in.price("k.c");
                    case 'h' -> high = in.price("k.h");
                    case 'l' -> low = in.price("k.l");
                    case 'v' -> volume = in.quantity("k.v");
                    case 'n' -> trades = in.integer("k.n");
                    case 'x' -> closed = in.bool("k.x");
                    case 'q' -> quoteVolume = in.quantity("k.q");
                    case 'V' -> takerBuyVolume = in.quantity("k.V");
                    case 'Q' -> takerBuyQuoteVolume = in.quantity("k.Q");
                    default -> in.skip("k");
                }
            }
            Letters.require(in, REQUIRED_OF_CANDLE, seen);
        }

        private static Interval interval(JsonScanner in) throws MalformedPayload {
            return Interval.of(in.text("k.i"));
        }

        Candle toCandle(RawRecord record, EpochMicros eventTime) {
            return new Candle(
                    record.instrument(),
                    interval,
                    openTime,
                    closeTime,
                    eventTime,
                    open,
                    high,
                    low,
                    close,
                    volume,
                    quoteVolume,
                    trades,
                    takerBuyVolume,
                    takerBuyQuoteVolume,
                    closed,
                    Origin.STREAM);
        }
    }

    /** {@code [openT,o,h,l,c,v,closeT,quoteVol,n,takerBase,takerQuote,"0"]} */
    private static Candle row(RawRecord record) throws MalformedPayload {
        RestRequest.require(record, PATH);
        String id = record.parameter("interval");
        if (id == null) {
            throw new MalformedPayload("stream " + record.stream() + ": interval is missing");
        }
        Interval interval = Interval.of(id);
        JsonScanner in = new JsonScanner("kline row", record.payload());
        in.beginArray("payload");
        EpochMicros openTime = in.time("open time", record.unit());
        in.requireElement("open");
        Price open = in.price("open");
        in.requireElement("high");
        Price high = in.price("high");
        in.requireElement("low");
        Price low = in.price("low");
        in.requireElement("close");
        Price close = in.price("close");
        in.requireElement("volume");
        Quantity volume = in.quantity("volume");
        in.requireElement("close time");
        EpochMicros closeTime = in.time("close time", record.unit());
        in.requireElement("quote volume");
        Quantity quoteVolume = in.quantity("quote volume");
        in.requireElement("trades");
        long trades = in.integer("trades");
        in.requireElement("taker buy volume");
        Quantity takerBuyVolume = in.quantity("taker buy volume");
        in.requireElement("taker buy quote volume");
        Quantity takerBuyQuoteVolume = in.quantity("taker buy quote volume");
        while (in.nextElement("payload")) {
            in.skip("payload");
        }
        in.end();
        EpochMicros received = record.received().toMicros();
        return new Candle(
                record.instrument(),
                interval,
                openTime,
                closeTime,
                received,
                open,
                high,
                low,
                close,
                volume,
                quoteVolume,
                trades,
                takerBuyVolume,
                takerBuyQuoteVolume,
                isFinal(closeTime, received),
                Origin.REST);
    }

    private static boolean isFinal(EpochMicros closeTime, EpochMicros received) {
        return received.value() - SETTLING.toNanos() / 1_000 > closeTime.value();
    }
}
