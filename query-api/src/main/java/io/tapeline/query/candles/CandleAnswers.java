package io.tapeline.query.candles;

import io.tapeline.query.history.CandlePart;
import io.tapeline.query.history.CandleQuestion;
import io.tapeline.query.history.HistoryStore;
import io.tapeline.query.history.Order;
import io.tapeline.query.routing.Answer;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import java.util.List;
import java.util.NavigableMap;

/**
 * Candles out of state and history: the newest minutes come from the state, the open one with them,
 * all before from the history, and a candle that has minutes in both is added up.
 */
public final class CandleAnswers {

    /** The newest minutes that the state holds of an instrument, oldest first. */
    @FunctionalInterface
    public interface RecentMinutes {
        Answer<List<Candle>> of(Instrument instrument);
    }

    private final RecentMinutes state;
    private final HistoryStore history;

    public CandleAnswers(RecentMinutes state, HistoryStore history) {
        this.state = state;
        this.history = history;
    }

    /** {@link Answer.Unknown} where neither state nor history holds a candle of the instrument. */
    public Answer<CandlePage> ask(Instrument instrument, CandleRange range) {
        return switch (state.of(instrument)) {
            case Answer.Found<List<Candle>>(List<Candle> held) ->
                    new Answer.Found<>(page(instrument, range, HeldMinutes.endOf(held)));
            case Answer.Unknown<List<Candle>> _ -> fromHistory(instrument, range);
            case Answer.NotReady<List<Candle>> notReady ->
                    liesInHistory(instrument, range)
                            ? fromHistory(instrument, range)
                            : new Answer.NotReady<>(notReady.why(), notReady.retryAfter());
            case Answer.Refused<List<Candle>>(String reason) -> new Answer.Refused<>(reason);
        };
    }

    private Answer<CandlePage> fromHistory(Instrument instrument, CandleRange range) {
        return newestMinute(instrument).value() < 0
                ? new Answer.Unknown<>()
                : new Answer.Found<>(page(instrument, range, HeldMinutes.NONE));
    }

    /** Whether the history goes on after the range: then the state has nothing to add. */
    private boolean liesInHistory(Instrument instrument, CandleRange range) {
        return newestMinute(instrument).compareTo(range.to()) >= 0;
    }

    private EpochMicros newestMinute(Instrument instrument) {
        List<CandlePart> newest =
                history.candles(
                        new CandleQuestion(
                                instrument,
                                Interval.ONE_MINUTE,
                                new EpochMicros(0),
                                CandleRange.NO_END,
                                Order.NEWEST_FIRST,
                                1));
        return newest.isEmpty() ? new EpochMicros(-1) : newest.getFirst().openTime();
    }

    private CandlePage page(Instrument instrument, CandleRange range, HeldMinutes held) {
        NavigableMap<EpochMicros, CandlePart> parts = held.parts(range);
        // Before the candles are read: one recorded in between must not make them look past.
        EpochMicros newest =
                held.minutes().isEmpty()
                        ? newestMinute(instrument)
                        : held.minutes().getLast().openTime();
        List<CandlePart> older =
                suffices(parts, range) ? List.of() : older(instrument, range, held.begin());
        return CandlePage.of(range, older, parts, newest);
    }

    /** Whether no candle of the page can need the history; one more than the page says "more". */
    private static boolean suffices(
            NavigableMap<EpochMicros, CandlePart> parts, CandleRange range) {
        if (parts.isEmpty()) {
            return false;
        }
        CandlePart first = parts.firstEntry().getValue();
        boolean whole = first.firstMinute().equals(first.openTime());
        return switch (range.order()) {
            case NEWEST_FIRST -> parts.size() > range.limit() + (whole ? 0 : 1);
            case OLDEST_FIRST -> whole && first.openTime().equals(range.from());
        };
    }

    private List<CandlePart> older(Instrument instrument, CandleRange range, EpochMicros begin) {
        EpochMicros end = begin.compareTo(range.to()) < 0 ? begin : range.to();
        return range.from().compareTo(end) >= 0
                ? List.of()
                : history.candles(
                        new CandleQuestion(
                                instrument,
                                range.interval(),
                                range.from(),
                                end,
                                range.order(),
                                range.limit() + 1));
    }
}
