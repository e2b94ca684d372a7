package io.tapeline.schemas.binance;

import io.tapeline.schemas.json.JsonScanner;
import io.tapeline.schemas.json.Letters;
import io.tapeline.schemas.market.DepthPicture;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.market.PictureSource;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import io.tapeline.schemas.raw.RawRecord;
import io.tapeline.schemas.wire.MalformedPayload;
import java.util.List;

/**
 * Pictures of the book: {@code bookTicker} and partial depth (EXCHANGES.md A.4). Neither names its
 * event, and partial depth not even its symbol: the record's stream tells what it is.
 */
final class BinancePictures {

    private static final String BOOK_TICKER = "bookTicker";
    private static final String DEPTH = "depth";
    private static final long REQUIRED = Letters.of("usbBaA");

    private BinancePictures() {}

    /** Whether the stream, as it is named after the symbol, brings best bid and ask. */
    static boolean isBookTicker(String stream) {
        return stream.startsWith(BOOK_TICKER, stream.indexOf('@') + 1);
    }

    /** Whether the stream brings the best few levels: {@code depth5}, 10 or 20, at any speed. */
    static boolean isPartialDepth(String stream) {
        int digit = stream.indexOf('@') + 1 + DEPTH.length();
        return stream.startsWith(DEPTH, stream.indexOf('@') + 1)
                && digit < stream.length()
                && isDigit(stream.charAt(digit));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static DepthPicture bookTicker(RawRecord record) throws MalformedPayload {
        JsonScanner in = new JsonScanner(BOOK_TICKER, record.payload());
        long seen = 0;
        long id = -1;
        Price bid = Price.ZERO;
        Quantity bidQuantity = Quantity.ZERO;
        Price ask = Price.ZERO;
        Quantity askQuantity = Quantity.ZERO;
        in.beginObject("payload");
        for (int key = in.firstKey(); key != JsonScanner.NO_KEY; key = in.nextKey("payload")) {
            if (Letters.isLetter(key)) {
                seen = Letters.add(in, seen, key);
            }
            switch (key) {
                case 'u' -> id = in.integer("u");
                case 's' -> in.expectText("s", record.instrument().symbol());
                case 'b' -> bid = in.price("b");
                case 'B' -> bidQuantity = in.quantity("B");
                case 'a' -> ask = in.price("a");
                case 'A' -> askQuantity = in.quantity("A");
                case FuturesKeys.PREVIOUS_UPDATE, FuturesKeys.PAIR -> throw FuturesKeys.refuse(in);
                default -> in.skip("payload");
            }
        }
        in.end();
        Letters.require(in, REQUIRED, seen);
        if (id < 0) {
            throw in.malformed("u", "is negative");
        }
        return new DepthPicture(
                record.instrument(),
                PictureSource.BOOK_TICKER,
                id,
                best(bid, bidQuantity),
                best(ask, askQuantity),
                1);
    }

    /** A side on which nothing rests has a quantity of zero. */
    private static Levels best(Price price, Quantity quantity) {
        return quantity.value().signum() == 0
                ? Levels.EMPTY
                : Levels.of(List.of(price), List.of(quantity));
    }

    static DepthPicture partialDepth(RawRecord record) throws MalformedPayload {
        BookText book = BookText.read("partial depth", record.payload());
        return new DepthPicture(
                record.instrument(),
                PictureSource.PARTIAL_DEPTH,
                book.lastUpdateId(),
                book.bids(),
                book.asks(),
                limit(record.stream()));
    }

    private static int limit(String stream) throws MalformedPayload {
        int from = stream.indexOf('@') + 1 + DEPTH.length();
        int to = stream.indexOf('@', from);
        String limit = stream.substring(from, to < 0 ? stream.length() : to);
        return switch (limit) {
            case "5" -> 5;
            case "10" -> 10;
            case "20" -> 20;
            default ->
                    throw new MalformedPayload(
                            "stream " + stream + ": has not 5, 10 or 20 levels a side");
        };
    }
}
