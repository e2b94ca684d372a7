package io.tapeline.query.history;

import static io.tapeline.query.history.Minutes.BTC;
import static io.tapeline.query.history.Minutes.at;

import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.proto.Gap;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A store under test, opened for each test; what its contracts have in common. */
abstract class StoredHistory {

    static final EpochMicros START = at("2024-08-08T23:00:00Z");
    static final EpochMicros END = at("2100-01-01T00:00:00Z");
    static final EpochMicros EPOCH = new EpochMicros(0);

    /** Of 38 digits. */
    static final String TEN_38 = "9999999999999999999999999999999999999.9";

    HistoryStore store;

    /** The same store at each call of a test, as a process finds it after a start. */
    protected abstract HistoryStore open();

    @BeforeEach
    final void openStore() {
        store = open();
    }

    @AfterEach
    final void closeStore() {
        store.close();
    }

    static HistoryBatch candles(List<Candle> candles, Position... positions) {
        return new HistoryBatch(candles, List.of(), List.of(), List.of(positions));
    }

    static HistoryBatch prices(LatestPrice... prices) {
        return new HistoryBatch(List.of(), List.of(prices), List.of(), List.of());
    }

    final List<CandlePart> ask(Interval interval, Order order, int limit) {
        return store.candles(new CandleQuestion(BTC, interval, EPOCH, END, order, limit));
    }

    static List<CandlePart> minutes(List<Candle> candles) {
        return Minutes.rollUp(candles, Interval.ONE_MINUTE);
    }

    static LatestPrice price(
            EpochMicros time,
            String price,
            @org.jspecify.annotations.Nullable String bid,
            @org.jspecify.annotations.Nullable String ask) {
        return new LatestPrice(
                BTC,
                time,
                Price.of(price),
                bid == null ? null : Price.of(bid),
                ask == null ? null : Price.of(ask),
                "ticker");
    }

    static Gap.Builder gap(String id, Instrument instrument, EpochMicros found) {
        return Gap.newBuilder().setId(id).setInstrument(instrument.id()).setFoundUs(found.value());
    }
}
