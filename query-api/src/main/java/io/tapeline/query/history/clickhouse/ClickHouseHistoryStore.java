package io.tapeline.query.history.clickhouse;

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
import io.tapeline.query.history.Told;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.market.Ticker;
import io.tapeline.schemas.proto.Gap;
import io.tapeline.schemas.proto.InstrumentInfo;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The history in ClickHouse, which may be away, slow or full at any time: every call says so by a
 * {@link HistoryUnavailableException} and may be made again. The schema is brought up by the first
 * call that finds the server.
 *
 * <p>There are no transactions across tables. A batch's rows are written before its positions: a
 * crash in between leaves rows that are written again, and keys and versions make them one. Any
 * number of processes may write the same.
 */
public final class ClickHouseHistoryStore implements HistoryStore {

    private static final Logger LOG = LoggerFactory.getLogger(ClickHouseHistoryStore.class);

    private final ClickHouseSettings settings;
    private final Session session;
    private final CandlePieces candles = new CandlePieces();
    private volatile boolean ready;

    /** Connects to nothing yet. */
    public ClickHouseHistoryStore(ClickHouseSettings settings) {
        this.settings = settings;
        session = new Session(settings);
    }

    private Session session() {
        if (!ready) {
            bringUp();
        }
        return session;
    }

    private synchronized void bringUp() {
        if (ready) {
            return;
        }
        Migrations.apply(session);
        Retention.apply(session, settings.keep());
        ready = true;
        LOG.atInfo()
                .addKeyValue("url", settings.url())
                .addKeyValue("database", settings.database())
                .log("history: ClickHouse is ready");
    }

    @Override
    public Optional<String> refusal(Candle candle) {
        return InsertCandles.refusal(candle);
    }

    @Override
    public Optional<String> refusal(LatestPrice price) {
        return InsertPrices.refusal(price);
    }

    @Override
    public Optional<String> refusal(EpochMicros time) {
        return HeldTimes.refusal(time);
    }

    @Override
    public void write(HistoryBatch batch) {
        NativeBlock prices = InsertPrices.block(batch.prices());
        NativeBlock tickers = InsertTold.block(batch.tickers().stream().map(Told::of).toList());
        NativeBlock instruments =
                InsertTold.block(batch.instruments().stream().map(Told::of).toList());
        NativeBlock gaps = InsertGaps.block(batch.gaps());
        NativeBlock positions = InsertPositions.block(batch.positions());
        Session to = session();
        candles.insert(to, batch.candles(), batch.token());
        to.insert("prices", prices, batch.token());
        to.insert("tickers", tickers, batch.token());
        to.insert("instrument_states", instruments, batch.token());
        to.insert("gaps", gaps, batch.token());
        to.insert("positions", positions, "");
    }

    @Override
    public List<Position> positions() {
        return SelectPositions.execute(session());
    }

    @Override
    public List<CandlePart> candles(CandleQuestion question) {
        return SelectCandles.execute(session(), question);
    }

    @Override
    public List<RecordedPrice> prices(PriceQuestion question) {
        return RecordedPrices.answer(session(), question);
    }

    @Override
    public List<Ticker> tickers(TickerQuestion question) {
        return SelectTold.execute(
                        session(),
                        "tickers",
                        question.instrument(),
                        question.from(),
                        question.to(),
                        question.order(),
                        question.limit())
                .stream()
                .map(Told::ticker)
                .toList();
    }

    @Override
    public List<InstrumentInfo> instruments(InstrumentQuestion question) {
        return SelectTold.execute(
                        session(),
                        "instrument_states",
                        question.instrument(),
                        question.from(),
                        question.to(),
                        question.order(),
                        question.limit())
                .stream()
                .map(Told::instrument)
                .toList();
    }

    @Override
    public List<Gap> gaps(GapQuestion question) {
        return SelectGaps.execute(session(), question);
    }

    /** Nanoseconds that the server itself has spent on answers, by its own account. */
    public long serverNanos() {
        return session.serverNanos();
    }

    @Override
    public void close() {
        candles.close();
        session.close();
    }
}
