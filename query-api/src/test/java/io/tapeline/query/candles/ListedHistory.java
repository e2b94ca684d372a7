package io.tapeline.query.candles;

import io.tapeline.query.history.CandlePart;
import io.tapeline.query.history.CandleQuestion;
import io.tapeline.query.history.GapQuestion;
import io.tapeline.query.history.HistoryBatch;
import io.tapeline.query.history.HistoryStore;
import io.tapeline.query.history.InstrumentQuestion;
import io.tapeline.query.history.Minutes;
import io.tapeline.query.history.Order;
import io.tapeline.query.history.Position;
import io.tapeline.query.history.PriceQuestion;
import io.tapeline.query.history.RecordedPrice;
import io.tapeline.query.history.TickerQuestion;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.market.Ticker;
import io.tapeline.schemas.proto.Gap;
import io.tapeline.schemas.proto.InstrumentInfo;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A history of lists of minutes.
 *
 * @param minutes of each instrument, oldest first; may change
 */
public record ListedHistory(Function<Instrument, List<Candle>> minutes, List<Gap> gaps)
        implements HistoryStore {

    /** Of whatever instrument. */
    public ListedHistory(List<Candle> minutes) {
        this(_ -> minutes, List.of());
    }

    @Override
    public List<CandlePart> candles(CandleQuestion question) {
        List<CandlePart> parts =
                Minutes.rollUp(
                        minutes.apply(question.instrument()).stream()
                                .filter(m -> m.openTime().compareTo(question.from()) >= 0)
                                .filter(m -> m.openTime().compareTo(question.to()) < 0)
                                .toList(),
                        question.interval());
        List<CandlePart> ordered =
                question.order() == Order.OLDEST_FIRST ? parts : parts.reversed();
        return ordered.subList(0, Math.min(ordered.size(), question.limit()));
    }

    @Override
    public Optional<String> refusal(Candle candle) {
        return Optional.empty();
    }

    @Override
    public Optional<String> refusal(LatestPrice price) {
        return Optional.empty();
    }

    @Override
    public void write(HistoryBatch batch) {
        throw new UnsupportedOperationException("read only");
    }

    @Override
    public List<Position> positions() {
        return List.of();
    }

    @Override
    public List<RecordedPrice> prices(PriceQuestion question) {
        return List.of();
    }

    @Override
    public Optional<String> refusal(EpochMicros time) {
        return Optional.empty();
    }

    @Override
    public List<Ticker> tickers(TickerQuestion question) {
        return List.of();
    }

    @Override
    public List<InstrumentInfo> instruments(InstrumentQuestion question) {
        return List.of();
    }

    @Override
    public List<Gap> gaps(GapQuestion question) {
        return gaps;
    }

    @Override
    public void close() {}
}
