package io.tapeline.query.history;

import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.market.Ticker;
import io.tapeline.schemas.proto.Gap;
import io.tapeline.schemas.proto.InstrumentInfo;
import java.util.List;

/**
 * What one write adds.
 *
 * @param candles closed, in the order they came; of equal key the newest event time counts
 * @param prices in the order they came; of equal instrument and event time the last counts
 * @param tickers likewise
 * @param instruments in the order they came; of equal instrument and time of update the last counts
 * @param gaps in the order they came; of equal id the last counts
 * @param positions where the records after this batch begin, one for each partition it touched
 * @param token names the records that this batch is made of: equal for equal ones, in whatever
 *     process; empty where they have no name
 */
public record HistoryBatch(
        List<Candle> candles,
        List<LatestPrice> prices,
        List<Ticker> tickers,
        List<InstrumentInfo> instruments,
        List<Gap> gaps,
        List<Position> positions,
        String token) {

    public HistoryBatch {
        for (Candle candle : candles) {
            if (!candle.closed()) {
                throw new IllegalArgumentException(
                        "history batch: candle "
                                + candle.instrument()
                                + " of "
                                + candle.openTime()
                                + " is open");
            }
        }
    }

    /** Without tickers, instruments and name. */
    public HistoryBatch(
            List<Candle> candles,
            List<LatestPrice> prices,
            List<Gap> gaps,
            List<Position> positions) {
        this(candles, prices, List.of(), List.of(), gaps, positions, "");
    }
}
