package io.tapeline.schemas.binance;

import io.tapeline.schemas.json.JsonScanner;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Ticker;
import io.tapeline.schemas.raw.RawRecord;
import io.tapeline.schemas.wire.MalformedPayload;

/**
 * 24 hour statistics: {@code 24hrTicker} and {@code 24hrMiniTicker} of the streams (EXCHANGES.md
 * A.4), and one element of the answer of {@code GET /api/v3/ticker/24hr} (A.6).
 */
public final class BinanceTickers {

    private static final String PATH = "rest/ticker/24hr";

    private BinanceTickers() {}

    /**
     * An answer of REST has no event time: its close time, up to which the statistics go by the
     * exchange's own clock, stands for it, so that it can be compared with the stream's.
     *
     * @throws MalformedPayload if it is none of them, of another symbol, or of futures
     */
    public static Ticker decode(RawRecord record) throws MalformedPayload {
        return record.isRest() ? element(record) : event(record);
    }

    private static Ticker event(RawRecord record) throws MalformedPayload {
        JsonScanner in = new JsonScanner("ticker", record.payload());
        TickerFields fields = new TickerFields();
        EpochMicros eventTime = new EpochMicros(0);
        boolean full = false;
        in.beginObject("payload");
        for (int key = in.firstKey(); key != JsonScanner.NO_KEY; key = in.nextKey("payload")) {
            fields.count(in, key);
            switch (key) {
                case 'e' -> full = isFull(in);
                case 'E' -> eventTime = in.time("E", record.unit());
                case 's' -> in.expectText("s", record.instrument().symbol());
                case FuturesKeys.PREVIOUS_UPDATE, FuturesKeys.PAIR -> throw FuturesKeys.refuse(in);
                default -> fields.read(in, key, record.unit());
            }
        }
        in.end();
        return full ? fields.full(in, record, eventTime) : fields.mini(in, record, eventTime);
    }

    private static boolean isFull(JsonScanner in) throws MalformedPayload {
        String type = in.text("e");
        return switch (type) {
            case "24hrTicker" -> true;
            case "24hrMiniTicker" -> false;
            default -> throw in.malformed("e", "is neither 24hrTicker nor 24hrMiniTicker");
        };
    }

    private static Ticker element(RawRecord record) throws MalformedPayload {
        RestRequest.require(record, PATH);
        JsonScanner in = new JsonScanner("ticker/24hr", record.payload());
        TickerFields fields = new TickerFields();
        in.beginObject("payload");
        for (int key = in.firstKey(); key != JsonScanner.NO_KEY; key = in.nextKey("payload")) {
            int letter = key == JsonScanner.LONG_KEY ? letterOf(in.keyText()) : 0;
            fields.count(in, letter);
            if (letter == 's') {
                in.expectText("symbol", record.instrument().symbol());
            } else {
                fields.read(in, letter, record.unit());
            }
        }
        in.end();
        return fields.element(in, record);
    }

    /** The stream's letter for REST's name of the same thing; 0 if nobody wants it. */
    private static int letterOf(String name) {
        return switch (name) {
            case "symbol" -> 's';
            case "priceChange" -> 'p';
            case "priceChangePercent" -> 'P';
            case "weightedAvgPrice" -> 'w';
            case "prevClosePrice" -> 'x';
            case "lastPrice" -> 'c';
            case "lastQty" -> 'Q';
            case "bidPrice" -> 'b';
            case "bidQty" -> 'B';
            case "askPrice" -> 'a';
            case "askQty" -> 'A';
            case "openPrice" -> 'o';
            case "highPrice" -> 'h';
            case "lowPrice" -> 'l';
            case "volume" -> 'v';
            case "quoteVolume" -> 'q';
            case "openTime" -> 'O';
            case "closeTime" -> 'C';
            case "firstId" -> 'F';
            case "lastId" -> 'L';
            case "count" -> 'n';
            default -> 0;
        };
    }
}
