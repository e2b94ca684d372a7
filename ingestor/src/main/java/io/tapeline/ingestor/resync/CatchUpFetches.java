package io.tapeline.ingestor.resync;

import io.tapeline.ingestor.rest.Priority;
import io.tapeline.ingestor.rest.RestRequest;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The fetches that bring what was missed. Thread-safe. */
public final class CatchUpFetches {

    /** Candles before the first that can be missing: they may have ended while it was told. */
    private static final int FEW = 2;

    private final CatchUpSettings settings;
    private final SnapshotFetcher snapshots;
    private final CandleFetcher candles;
    private final TickerFetcher tickers;
    private final Predicate<Instrument> wanted;
    private final Clock clock;

    /**
     * @param wanted whether this process is to fetch for an instrument; others are left out
     */
    public CatchUpFetches(
            CatchUpSettings settings,
            SnapshotFetcher snapshots,
            CandleFetcher candles,
            TickerFetcher tickers,
            Predicate<Instrument> wanted,
            Clock clock) {
        this.settings = settings;
        this.snapshots = snapshots;
        this.candles = candles;
        this.tickers = tickers;
        this.wanted = wanted;
        this.clock = clock;
    }

    /** Null if nothing of it is wanted; fails with a {@link FetchFailedException}. */
    @Nullable CompletableFuture<?> of(Missed missed, Priority priority) {
        return switch (missed) {
            case Missed.Book(Instrument instrument) ->
                    wanted.test(instrument)
                            ? snapshots.fetch(new Want.Snapshot(instrument, 0), priority)
                            : null;
            case Missed.Candles range ->
                    wanted.test(range.instrument()) ? candles(range, priority) : null;
            case Missed.Tickers(Set<Instrument> instruments) -> {
                Set<Instrument> left = new HashSet<>(instruments);
                left.removeIf(wanted.negate());
                yield left.isEmpty() ? null : tickers.fetch(left, priority);
            }
        };
    }

    /**
     * Those that have ended since, and a few before them; the usual number if there were none.
     * Asked for by their number as long as one answer holds them: that is right also where the
     * exchange's clock is not ours, as in a recording that is played.
     */
    private CompletableFuture<Integer> candles(Missed.Candles missed, Priority priority) {
        Instrument instrument = missed.instrument();
        Interval interval = missed.interval();
        if (missed.from().isEmpty()) {
            return candles.fetchClosed(instrument, interval, settings.candles(), priority);
        }
        Want.Candles range =
                range(instrument, interval, missed.from().get(), EpochMicros.of(clock.instant()));
        int withTheOpenOne = count(range, RestRequest.Klines.MOST) + 1;
        return withTheOpenOne <= RestRequest.Klines.MOST
                ? candles.fetchNewest(range, withTheOpenOne, priority)
                : candles.fetchRange(range, priority);
    }

    /** At most {@code most}. */
    static int count(Want.Candles range, int most) {
        int count = 0;
        EpochMicros open = range.from();
        while (count < most && !open.isAfter(range.to())) {
            count++;
            open = range.interval().next(open);
        }
        return count;
    }

    /** Up to the last that has ended: the open one is told by the stream. */
    static Want.Candles range(
            Instrument instrument, Interval interval, EpochMicros missedFrom, EpochMicros now) {
        EpochMicros newest = before(interval, interval.openTimeOf(now));
        EpochMicros from = interval.openTimeOf(missedFrom);
        if (from.isAfter(newest)) {
            from = newest;
        }
        for (int i = 0; i < FEW; i++) {
            from = before(interval, from);
        }
        return new Want.Candles(instrument, interval, from, newest);
    }

    private static EpochMicros before(Interval interval, EpochMicros openTime) {
        return interval.openTimeOf(new EpochMicros(openTime.value() - 1));
    }
}
