package io.tapeline.query.candles;

import io.tapeline.query.history.HistoryStore;
import io.tapeline.query.history.Order;
import io.tapeline.query.through.MinuteSpan;
import io.tapeline.query.through.ReadThrough;
import io.tapeline.query.through.Shortfall;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import java.time.Duration;

/**
 * Fetches the minutes that the history lacks, newest first, for nobody to read now. What it holds
 * costs nothing, so that filling may begin again after it was broken off.
 */
public final class HistoryFill implements AutoCloseable {

    private static final int PAGE = 1_000;

    /** What became of a span, with what it cost. */
    public sealed interface Filled {

        /** Requests made, those shared with others counted. */
        int requests();

        /** Minutes that they brought. */
        long candles();

        /** The history holds, or is about to hold, each minute that the exchange has. */
        record Whole(int requests, long candles) implements Filled {}

        /** The exchange does not have the instrument. */
        record Gone(int requests, long candles) implements Filled {}

        /** Not all of it could be had now. */
        record Lacking(int requests, long candles, Shortfall shortfall) implements Filled {}
    }

    private final WholePages pages;
    private final ReadThrough through;

    public HistoryFill(HistoryStore history, ReadThrough through) {
        this.pages = new WholePages(history, through);
        this.through = through;
    }

    /** The end, exclusive, of the minutes that can be had now. */
    public EpochMicros closedUntil() {
        return through.closedUntil();
    }

    public Filled fill(Instrument instrument, MinuteSpan span) {
        if (through.isGone(instrument)) {
            return new Filled.Gone(0, 0);
        }
        if (!pages.serves(instrument)) {
            return new Filled.Lacking(
                    0,
                    0,
                    new Shortfall(
                            "the exchange cannot be asked for " + instrument.id(),
                            Duration.ofSeconds(30)));
        }
        CandleRange range =
                new CandleRange(
                        Interval.ONE_MINUTE, span.from(), span.to(), Order.NEWEST_FIRST, PAGE);
        int requests = 0;
        long candles = 0;
        while (true) {
            WholePages.Outcome outcome = pages.page(instrument, range, HeldMinutes.NONE);
            requests += outcome.cost().requests();
            candles += outcome.cost().candles();
            switch (outcome) {
                case WholePages.Outcome.Lacking(Shortfall why, _) -> {
                    return new Filled.Lacking(requests, candles, why);
                }
                case WholePages.Outcome.Gone _ -> {
                    return new Filled.Gone(requests, candles);
                }
                case WholePages.Outcome.Whole(CandlePage page, _) -> {
                    EpochMicros at = page.continueAt();
                    if (at == null) {
                        return new Filled.Whole(requests, candles);
                    }
                    range = range.continuedAt(at);
                }
            }
        }
    }

    /** What is being fetched ends without an answer. */
    @Override
    public void close() {
        through.close();
    }
}
