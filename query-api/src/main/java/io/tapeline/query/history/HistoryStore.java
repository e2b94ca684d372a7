package io.tapeline.query.history;

import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.proto.Gap;
import java.util.List;
import java.util.Optional;

/**
 * The past: closed candles, prices and the gap ledger. Written by one thread, read by any number.
 * Every method but {@link #refusal} may throw {@link HistoryUnavailableException}.
 */
public interface HistoryStore extends AutoCloseable {

    /**
     * Why the value cannot be held exactly, in words; empty where it can. Everything of ordinary
     * magnitude can.
     */
    Optional<String> refusal(Candle candle);

    /** Likewise for a price. */
    Optional<String> refusal(LatestPrice price);

    /**
     * Adds the batch and its positions in one step: after a crash at any point either both are in
     * the store or neither. Idempotent by key: a candle by instrument, interval and open time (the
     * newer event time stays), a price by instrument and event time, a gap by id.
     *
     * @throws IllegalArgumentException if the batch holds what {@link #refusal} refuses
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

    List<Gap> gaps(GapQuestion question);

    /** After a batch that is being written, and not to be used again. */
    @Override
    void close();
}
