package io.tapeline.schemas.binance;

import io.tapeline.schemas.json.JsonScanner;
import io.tapeline.schemas.json.Letters;
import io.tapeline.schemas.market.DepthMessage;
import io.tapeline.schemas.market.DepthPicture;
import io.tapeline.schemas.market.DepthSnapshot;
import io.tapeline.schemas.market.DepthUpdate;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.raw.RawRecord;
import io.tapeline.schemas.wire.MalformedPayload;

/**
 * Depth: {@code depthUpdate} of the diff streams (EXCHANGES.md A.4), the answer of {@code GET
 * /api/v3/depth} (A.6), and the pictures of {@link BinancePictures}.
 */
public final class BinanceDepth {

    private static final String PATH = "rest/depth";

    /** A.6: the limit of a request that names none, and the largest that is obeyed. */
    private static final int DEFAULT_LIMIT = 100;

    private static final int LARGEST_LIMIT = 5_000;

    private static final long REQUIRED = Letters.of("eEsUuba");

    private BinanceDepth() {}

    /**
     * A diff, a snapshot or a picture, by the record's stream.
     *
     * @throws MalformedPayload if it is none of them, of another symbol, or of futures
     */
    public static DepthMessage decode(RawRecord record) throws MalformedPayload {
        if (record.isRest()) {
            DepthSnapshot snapshot = snapshot(record);
            return record.isForAudit() ? DepthPicture.of(snapshot) : snapshot;
        }
        if (BinancePictures.isPartialDepth(record.stream())) {
            return BinancePictures.partialDepth(record);
        }
        return BinancePictures.isBookTicker(record.stream())
                ? BinancePictures.bookTicker(record)
                : update(record);
    }

    private static DepthUpdate update(RawRecord record) throws MalformedPayload {
        JsonScanner in = new JsonScanner("depthUpdate", record.payload());
        long seen = 0;
        EpochMicros eventTime = new EpochMicros(0);
        long first = 0;
        long last = 0;
        Levels bids = Levels.EMPTY;
        Levels asks = Levels.EMPTY;
        in.beginObject("payload");
        for (int key = in.firstKey(); key != JsonScanner.NO_KEY; key = in.nextKey("payload")) {
            if (Letters.isLetter(key)) {
                seen = Letters.add(in, seen, key);
            }
            switch (key) {
                case 'e' -> in.expectText("e", "depthUpdate");
                case 'E' -> eventTime = in.time("E", record.unit());
                case 's' -> in.expectText("s", record.instrument().symbol());
                case 'U' -> first = in.integer("U");
                case 'u' -> last = in.integer("u");
                case 'b' -> bids = LevelsScanner.levels(in, "b");
                case 'a' -> asks = LevelsScanner.levels(in, "a");
                case FuturesKeys.PREVIOUS_UPDATE, FuturesKeys.PAIR -> throw FuturesKeys.refuse(in);
                default -> in.skip("payload");
            }
        }
        in.end();
        Letters.require(in, REQUIRED, seen);
        if (first < 0 || last < first) {
            throw in.malformed("u", "is below U, or U is negative");
        }
        return new DepthUpdate(record.instrument(), eventTime, first, last, bids, asks);
    }

    private static DepthSnapshot snapshot(RawRecord record) throws MalformedPayload {
        RestRequest.require(record, PATH);
        int limit = limit(record);
        BookText book = BookText.read("depth", record.payload());
        return new DepthSnapshot(
                record.instrument(), book.lastUpdateId(), book.bids(), book.asks(), limit);
    }

    private static int limit(RawRecord record) throws MalformedPayload {
        String limit = record.parameter("limit");
        if (limit == null) {
            return DEFAULT_LIMIT;
        }
        if (!limit.matches("[1-9][0-9]{0,8}")) {
            throw new MalformedPayload("stream " + record.stream() + ": limit is not a number");
        }
        return Math.min(Integer.parseInt(limit), LARGEST_LIMIT);
    }
}
