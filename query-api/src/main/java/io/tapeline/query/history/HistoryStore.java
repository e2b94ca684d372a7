package io.tapeline.query.history;

import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.market.Ticker;
import io.tapeline.schemas.proto.Gap;
import io.tapeline.schemas.proto.InstrumentInfo;
import java.util.List;
import java.util.Optional;

/**
 * The past: closed candles, prices, 24 hour statistics, what was known of instruments, and the gap
 * ledger. Written by one thread of a process, read by any number. Every method but {@link #refusal}
 * may throw {@link HistoryUnavailableException}.
 */
public interface HistoryStore extends AutoCloseable {

    /**
     * Why the value cannot be held exactly, in words; empty where it can. Everything of ordinary
     * magnitude can.
     */
    Optional<String> refusal(Candle candle);

    /** Likewise for a price. */
    Optional<String> refusal(LatestPrice price);

    /** Likewise for the time of anything else. */
    Optional<String> refusal(EpochMicros time);

    /**
     * Adds the batch and its positions. After a crash at any point the positions are in the store
     * only if all rows before them are; rows may be there without them, and are written again then.
     * Idempotent by key: a candle by instrument, interval and open time (the newer event time
     * stays), a price or a ticker by instrument and event time, an instrument's state by the time
     * it was told, a gap by id.
     *
     * @throws IllegalArgumentException if the batch holds what {@link #refusal} refuses; nothing of
     *     it is written then
     * @throws HistoryUnavailableException if it is not certain that all of it was written; the same
     *     batch may come again
     */
    void write(HistoryBatch batch);

    /** Where recording goes on: what was given with the last batches that were written. */
    List<Position> positions();

    /** What is held of the asked candles, rolled up exactly from minutes, in the asked order. */
    List<CandlePart> candles(CandleQuestion question);

    /**
     * In the asked order, each with the time of the next one that is recorded, whether that lies
     * within the question or not.
     */
    List<RecordedPrice> prices(PriceQuestion question);

    /** In the asked order. */
    List<Ticker> tickers(TickerQuestion question);

    /** In the asked order, by the time they were told. */
    List<InstrumentInfo> instruments(InstrumentQuestion question);

    List<Gap> gaps(GapQuestion question);

    /** After a batch that is being written, and not to be used again. */
    @Override
    void close();
}
