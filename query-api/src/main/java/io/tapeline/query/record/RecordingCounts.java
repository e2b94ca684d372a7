package io.tapeline.query.record;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What recording has done since the start. Of the records that came: read = candles + open candles
 * + prices + tickers + tickers passed over + instruments + gaps + dead + tombstones. Alert when
 * {@link #trouble} is not null for minutes, and on any {@link #dead} or {@link #missed}.
 */
public final class RecordingCounts {

    /** Since when nothing can be written, and why. */
    public record Trouble(Instant since, String why) {}

    private final LongAdder candles = new LongAdder();
    private final LongAdder open = new LongAdder();
    private final LongAdder prices = new LongAdder();
    private final LongAdder tickers = new LongAdder();
    private final LongAdder passedOver = new LongAdder();
    private final LongAdder instruments = new LongAdder();
    private final LongAdder gaps = new LongAdder();
    private final LongAdder dead = new LongAdder();
    private final LongAdder tombstones = new LongAdder();
    private final LongAdder read = new LongAdder();
    private final LongAdder batches = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder missed = new LongAdder();
    private volatile @Nullable Trouble trouble;
    private volatile long newestRecordMillis;
    private volatile Batches told = batch -> {};

    /**
     * One write.
     *
     * @param records that it was made of
     * @param took the write alone
     * @param delay from when the oldest of the records was made to when it was in the history
     * @param newestMillis when the newest of the records was made, milliseconds since the epoch
     */
    public record Batch(int records, Duration took, Duration delay, long newestMillis) {}

    /** Told of each write, on the thread that writes. */
    @FunctionalInterface
    public interface Batches {
        void wrote(Batch batch);
    }

    /** What one write was made of, by kind. */
    record Sums(
            long candles,
            long open,
            long prices,
            long tickers,
            long passedOver,
            long instruments,
            long gaps,
            long dead,
            long tombstones) {}

    /** From now on. */
    public void tellOfBatches(Batches listener) {
        told = listener;
    }

    void wrote(Sums sums, Batch batch) {
        candles.add(sums.candles());
        open.add(sums.open());
        prices.add(sums.prices());
        tickers.add(sums.tickers());
        passedOver.add(sums.passedOver());
        instruments.add(sums.instruments());
        gaps.add(sums.gaps());
        dead.add(sums.dead());
        tombstones.add(sums.tombstones());
        read.add(batch.records());
        batches.increment();
        trouble = null;
        newestRecordMillis = Math.max(newestRecordMillis, batch.newestMillis());
        told.wrote(batch);
    }

    void failed(Instant now, String why) {
        failures.increment();
        Trouble known = trouble;
        trouble = new Trouble(known == null ? now : known.since(), why);
    }

    void missed(long records) {
        missed.add(records);
    }

    /** Closed candles written, with those that were there already. */
    public long candles() {
        return candles.sum();
    }

    /** Candles that were not closed yet and are no history. */
    public long open() {
        return open.sum();
    }

    public long prices() {
        return prices.sum();
    }

    /** The first 24 hour statistics of each minute and instrument. */
    public long tickers() {
        return tickers.sum();
    }

    /** Further ones of a minute, which are not kept. */
    public long passedOver() {
        return passedOver.sum();
    }

    /** States of instruments. */
    public long instruments() {
        return instruments.sum();
    }

    public long gaps() {
        return gaps.sum();
    }

    /** Records that were sent to the dead letters. */
    public long dead() {
        return dead.sum();
    }

    /** Records of compacted topics that say that there is no latest value. */
    public long tombstones() {
        return tombstones.sum();
    }

    /** All records of batches that were written; the whole of the equation. */
    public long read() {
        return read.sum();
    }

    /**
     * When the newest record that is in the history was made, milliseconds since the epoch; 0 where
     * none was written since the start.
     */
    public long newestRecordMillis() {
        return newestRecordMillis;
    }

    public long batches() {
        return batches.sum();
    }

    /** Times that a batch was not written and had to be tried again. */
    public long failures() {
        return failures.sum();
    }

    /** Offsets that the topic no longer had when recording wanted to go on: lost. */
    public long missed() {
        return missed.sum();
    }

    /** Null while all is well. */
    public @Nullable Trouble trouble() {
        return trouble;
    }
}
