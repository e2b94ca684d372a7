package io.tapeline.query.record;

import io.tapeline.query.history.CandlePart;
import io.tapeline.query.history.CandleQuestion;
import io.tapeline.query.history.GapQuestion;
import io.tapeline.query.history.HistoryBatch;
import io.tapeline.query.history.HistoryStore;
import io.tapeline.query.history.HistoryUnavailableException;
import io.tapeline.query.history.InstrumentQuestion;
import io.tapeline.query.history.Position;
import io.tapeline.query.history.PriceQuestion;
import io.tapeline.query.history.RecordedPrice;
import io.tapeline.query.history.TickerQuestion;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.market.Ticker;
import io.tapeline.schemas.proto.Gap;
import io.tapeline.schemas.proto.InstrumentInfo;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Another store that now and then cannot write, or has written and says that it could not. */
record FailingStore(HistoryStore store, Random random) implements HistoryStore {

    @Override
    public void write(HistoryBatch batch) {
        int fate = random.nextInt(10);
        if (fate == 0) {
            throw new HistoryUnavailableException("full", new IllegalStateException("disk"));
        }
        store.write(batch);
        if (fate == 1) {
            throw new HistoryUnavailableException("lost", new IllegalStateException("answer"));
        }
    }

    @Override
    public Optional<String> refusal(Candle candle) {
        return store.refusal(candle);
    }

    @Override
    public Optional<String> refusal(LatestPrice price) {
        return store.refusal(price);
    }

    @Override
    public List<Position> positions() {
        return store.positions();
    }

    @Override
    public List<CandlePart> candles(CandleQuestion question) {
        return store.candles(question);
    }

    @Override
    public List<RecordedPrice> prices(PriceQuestion question) {
        return store.prices(question);
    }

    @Override
    public Optional<String> refusal(EpochMicros time) {
        return store.refusal(time);
    }

    @Override
    public List<Ticker> tickers(TickerQuestion question) {
        return store.tickers(question);
    }

    @Override
    public List<InstrumentInfo> instruments(InstrumentQuestion question) {
        return store.instruments(question);
    }

    @Override
    public List<Gap> gaps(GapQuestion question) {
        return store.gaps(question);
    }

    @Override
    public void close() {
        store.close();
    }
}
