package io.tapeline.query.history;

import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.proto.Gap;
import java.util.List;

/**
 * What one write adds, all of it or nothing.
 *
 * @param candles closed, in the order they came; of equal key the newest event time counts
 * @param prices in the order they came; of equal instrument and event time the last counts
 * @param gaps in the order they came; of equal id the last counts
 * @param positions where the records after this batch begin, one for each partition it touched
 */
public record HistoryBatch(
        List<Candle> candles, List<LatestPrice> prices, List<Gap> gaps, List<Position> positions) {

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
}
