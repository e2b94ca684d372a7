package io.tapeline.query.candles;

import io.tapeline.query.history.CandlePart;
import io.tapeline.query.history.CandleQuestion;
import io.tapeline.query.history.HistoryStore;
import io.tapeline.query.history.Order;
import io.tapeline.query.routing.Answer;
import io.tapeline.query.through.ReadThrough;
import io.tapeline.query.through.Shortfall;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * Candles out of state, history and exchange: the newest minutes come from the state, the open one
 * with them, all before from the history, and what it does not hold from the exchange; a candle
 * that has minutes of several is added up.
 */
public final class CandleAnswers {

    /** The newest minutes that the state holds of an instrument, oldest first. */
    @FunctionalInterface
    public interface RecentMinutes {
        Answer<List<Candle>> of(Instrument instrument);
    }

    private static final EpochMicros BEFORE_ALL = new EpochMicros(-1);

    private final RecentMinutes state;
    private final HistoryStore history;
    private final Optional<WholePages> exchange;

    /** Without an exchange that could be asked. */
    public CandleAnswers(RecentMinutes state, HistoryStore history) {
        this.state = state;
        this.history = history;
        this.exchange = Optional.empty();
    }

    public CandleAnswers(RecentMinutes state, HistoryStore history, ReadThrough through) {
        this.state = state;
        this.history = history;
        this.exchange = Optional.of(new WholePages(history, through));
    }

    /**
     * {@link Answer.Unknown} where nobody holds a candle of the instrument; {@link Answer.NotReady}
     * where nothing is held of the page and the exchange cannot be asked now.
     */
    public Answer<CandlePage> ask(Instrument instrument, CandleRange range) {
        return switch (state.of(instrument)) {
            case Answer.Found<List<Candle>>(List<Candle> held) ->
                    answer(instrument, range, HeldMinutes.endOf(held));
            case Answer.Unknown<List<Candle>> _ ->
                    isServed(instrument)
                            ? answer(instrument, range, HeldMinutes.NONE)
                            : fromHistory(instrument, range);
            case Answer.NotReady<List<Candle>> notReady ->
                    liesInHistory(instrument, range)
                            ? fromHistory(instrument, range)
                            : new Answer.NotReady<>(notReady.why(), notReady.retryAfter());
            case Answer.Refused<List<Candle>>(String reason) -> new Answer.Refused<>(reason);
        };
    }

    private boolean isServed(Instrument instrument) {
        return exchange.isPresent() && exchange.get().serves(instrument);
    }

    /** From whoever holds it; where minutes are missing, from the exchange. */
    private Answer<CandlePage> answer(Instrument instrument, CandleRange range, HeldMinutes held) {
        NavigableMap<EpochMicros, CandlePart> parts = held.parts(range);
        if (!isServed(instrument) || suffices(parts, range)) {
            return new Answer.Found<>(page(instrument, range, held, parts, BEFORE_ALL));
        }
        return switch (exchange.get().page(instrument, range, held)) {
            case WholePages.Outcome.Whole(CandlePage page, _) -> new Answer.Found<>(page);
            case WholePages.Outcome.Gone _ ->
                    new Answer.Found<>(page(instrument, range, held, parts, BEFORE_ALL));
            case WholePages.Outcome.Lacking(Shortfall why, _) -> {
                CandlePage page =
                        page(instrument, range, held, parts, exchange.get().newestClosed());
                yield page.items().isEmpty()
                        ? new Answer.NotReady<>(why.why(), why.retryAfter())
                        : new Answer.Found<>(page.lacking(why));
            }
        };
    }

    private Answer<CandlePage> fromHistory(Instrument instrument, CandleRange range) {
        return newestMinute(instrument).value() < 0
                ? new Answer.Unknown<>()
                : new Answer.Found<>(
                        page(
                                instrument,
                                range,
                                HeldMinutes.NONE,
                                HeldMinutes.NONE.parts(range),
                                BEFORE_ALL));
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
        return newest.isEmpty() ? BEFORE_ALL : newest.getFirst().openTime();
    }

    /**
     * @param parts those of the state
     * @param closed a minute that is closed, whether it is held or not
     */
    private CandlePage page(
            Instrument instrument,
            CandleRange range,
            HeldMinutes held,
            NavigableMap<EpochMicros, CandlePart> parts,
            EpochMicros closed) {
        // Before the candles are read: one recorded in between must not make them look past.
        EpochMicros recorded =
                held.minutes().isEmpty()
                        ? newestMinute(instrument)
                        : held.minutes().getLast().openTime();
        EpochMicros newest = closed.isAfter(recorded) ? closed : recorded;
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
