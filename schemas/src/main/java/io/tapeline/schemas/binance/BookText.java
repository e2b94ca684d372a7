package io.tapeline.schemas.binance;

import io.tapeline.schemas.json.JsonScanner;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.wire.MalformedPayload;

/**
 * {@code {"lastUpdateId":...,"bids":[...],"asks":[...]}}: the answer of {@code /api/v3/depth} and
 * the payload of partial depth (EXCHANGES.md A.4, A.5), best level first.
 */
record BookText(long lastUpdateId, Levels bids, Levels asks) {

    /**
     * @param what is read, for messages
     */
    static BookText read(String what, byte[] payload) throws MalformedPayload {
        JsonScanner in = new JsonScanner(what, payload);
        long id = -1;
        Levels bids = null;
        Levels asks = null;
        in.beginObject("payload");
        for (int key = in.firstKey(); key != JsonScanner.NO_KEY; key = in.nextKey("payload")) {
            switch (key == JsonScanner.LONG_KEY ? in.keyText() : "") {
                case "lastUpdateId" -> id = in.integer("lastUpdateId");
                case "bids" -> bids = LevelsScanner.levels(in, "bids");
                case "asks" -> asks = LevelsScanner.levels(in, "asks");
                default -> in.skip("payload");
            }
        }
        in.end();
        if (id < 0 || bids == null || asks == null) {
            throw in.malformed(
                    id < 0 ? "lastUpdateId" : bids == null ? "bids" : "asks",
                    "is missing or negative");
        }
        return new BookText(id, bids, asks);
    }
}
