package io.tapeline.query.record;

import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What recording has done since the start. Of the records that came: read = candles + open candles
 * + prices + gaps + dead (tombstones apart). Alert when {@link #trouble} is not null for minutes,
 * and on any {@link #dead} or {@link #missed}.
 */
public final class RecordingCounts {

    /** Since when nothing can be written, and why. */
    public record Trouble(Instant since, String why) {}

    private final LongAdder candles = new LongAdder();
    private final LongAdder open = new LongAdder();
    private final LongAdder prices = new LongAdder();
    private final LongAdder gaps = new LongAdder();
    private final LongAdder dead = new LongAdder();
    private final LongAdder batches = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder missed = new LongAdder();
    private volatile @Nullable Trouble trouble;

    void wrote(long newCandles, long newPrices, long newGaps, long openCandles, long deadLetters) {
        candles.add(newCandles);
        prices.add(newPrices);
        gaps.add(newGaps);
        open.add(openCandles);
        dead.add(deadLetters);
        batches.increment();
        trouble = null;
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

    public long gaps() {
        return gaps.sum();
    }

    /** Records that were sent to the dead letters. */
    public long dead() {
        return dead.sum();
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
