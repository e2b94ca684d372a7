package io.tapeline.query.completeness;

import io.tapeline.query.completeness.MissingMinutes.Reason;
import io.tapeline.query.history.CandlePart;
import io.tapeline.query.history.CandleQuestion;
import io.tapeline.query.history.GapQuestion;
import io.tapeline.query.history.HistoryStore;
import io.tapeline.query.history.Limits;
import io.tapeline.query.history.Order;
import io.tapeline.query.through.Ask;
import io.tapeline.query.through.MinuteSpan;
import io.tapeline.query.through.ReadThrough;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import io.tapeline.schemas.proto.Gap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which minutes the history has, day by day: out of the history, the ledger and the exchange. */
public final class Completeness {

    /** Most days of a report. */
    public static final int MOST_DAYS = 31;

    private static final int MOST_SPANS = 100;

    /** Most entries of the ledger that are looked through, of all kinds. */
    private static final int MOST_PAGES = 4;

    private static final EpochMicros BEGIN = new EpochMicros(0);
    private static final EpochMicros NO_END = new EpochMicros(4_102_444_800_000_000L);

    /**
     * @param listed the first minute of which the exchange has a candle; null where it could not be
     *     asked
     * @param days oldest first; those before the listing and after the present are left out
     * @param wholeLedger whether all entries of the ledger were looked through; else a reason may
     *     be {@link Reason#NOT_FETCHED} that is another
     */
    public record Report(@Nullable EpochMicros listed, List<DayReport> days, boolean wholeLedger) {}

    private record Entries(List<Gap> gaps, boolean whole) {}

    private final HistoryStore history;
    private final ReadThrough through;

    public Completeness(HistoryStore history, ReadThrough through) {
        this.history = history;
        this.through = through;
    }

    /** The end, exclusive, of the minutes that a report can cover now. */
    public EpochMicros closedUntil() {
        return through.closedUntil();
    }

    /**
     * @param from of the first day, its beginning
     * @param to of the last day, its end, at most {@value #MOST_DAYS} days later
     */
    public Report report(Instrument instrument, EpochMicros from, EpochMicros to) {
        EpochMicros listed = listed(instrument);
        Map<EpochMicros, CandlePart> parts = new HashMap<>();
        history.candles(
                        new CandleQuestion(
                                instrument,
                                Interval.ONE_DAY,
                                from,
                                to,
                                Order.OLDEST_FIRST,
                                MOST_DAYS + 1))
                .forEach(part -> parts.put(part.openTime(), part));
        Entries entries = entries(instrument, from);
        CandleLedger ledger = new CandleLedger(instrument, entries.gaps());
        List<DayReport> days = new ArrayList<>();
        for (EpochMicros day = from; to.isAfter(day); day = Interval.ONE_DAY.next(day)) {
            CandlePart part = parts.get(day);
            MinuteSpan span = span(day, listed, part);
            if (!span.isEmpty()) {
                days.add(day(instrument, span, part == null ? 0 : part.minutes(), ledger));
            }
        }
        return new Report(listed, days, entries.whole());
    }

    /** What is recorded was listed, whatever the exchange says of it now. */
    private MinuteSpan span(
            EpochMicros day, @Nullable EpochMicros listed, @Nullable CandlePart part) {
        EpochMicros from = listed == null || !listed.isAfter(day) ? day : listed;
        EpochMicros end = Interval.ONE_DAY.next(day);
        EpochMicros to = end.isAfter(closedUntil()) ? closedUntil() : end;
        if (part != null) {
            from = from.isAfter(part.firstMinute()) ? part.firstMinute() : from;
            EpochMicros held = MinuteSpan.plus(part.lastMinute(), 1);
            to = held.isAfter(to) ? held : to;
        }
        return MinuteSpan.between(from, to);
    }

    private DayReport day(Instrument instrument, MinuteSpan span, long held, CandleLedger whole) {
        CandleLedger ledger = whole.within(span);
        boolean lacks = held < span.minutes();
        if (!lacks && ledger.isEmpty()) {
            return new DayReport(span, span.minutes(), held, 0, List.of());
        }
        Set<EpochMicros> minutes = lacks ? minutes(instrument, span) : Set.of();
        List<MissingMinutes> missing = new ArrayList<>();
        long filled = 0;
        long found = 0;
        for (EpochMicros at = span.from(); span.to().isAfter(at); at = MinuteSpan.plus(at, 1)) {
            if (!lacks || minutes.contains(at)) {
                found++;
                filled += ledger.isFilled(at) ? 1 : 0;
            } else {
                add(missing, why(instrument, at, ledger));
            }
        }
        return new DayReport(span, span.minutes(), found, filled, missing);
    }

    private MissingMinutes why(Instrument instrument, EpochMicros at, CandleLedger ledger) {
        MinuteSpan minute = new MinuteSpan(at, MinuteSpan.plus(at, 1));
        return through.empty(instrument, minute) > 0
                ? new MissingMinutes(minute, Reason.NOT_AT_EXCHANGE, "")
                : ledger.why(minute);
    }

    private static void add(List<MissingMinutes> missing, MissingMinutes next) {
        MissingMinutes last = missing.isEmpty() ? null : missing.getLast();
        if (last != null
                && last.span().to().equals(next.span().from())
                && last.reason() == next.reason()
                && last.how().equals(next.how())) {
            missing.set(
                    missing.size() - 1,
                    new MissingMinutes(
                            new MinuteSpan(last.span().from(), next.span().to()),
                            last.reason(),
                            last.how()));
        } else if (missing.size() < MOST_SPANS) {
            missing.add(next);
        }
    }

    private Set<EpochMicros> minutes(Instrument instrument, MinuteSpan span) {
        Set<EpochMicros> minutes = new HashSet<>();
        history.candles(
                        new CandleQuestion(
                                instrument,
                                Interval.ONE_MINUTE,
                                span.from(),
                                span.to(),
                                Order.OLDEST_FIRST,
                                Limits.MOST_ROWS))
                .forEach(part -> minutes.add(part.openTime()));
        return minutes;
    }

    /** A hole is found after it began, so older entries do not concern the range. */
    private Entries entries(Instrument instrument, EpochMicros from) {
        List<Gap> gaps = new ArrayList<>();
        GapQuestion.@Nullable After after = null;
        for (int page = 0; page < MOST_PAGES; page++) {
            List<Gap> found =
                    history.gaps(
                            new GapQuestion(
                                    instrument.venue(),
                                    instrument.symbol(),
                                    from,
                                    NO_END,
                                    after,
                                    Limits.MOST_ROWS));
            gaps.addAll(found);
            if (found.size() < Limits.MOST_ROWS) {
                return new Entries(gaps, true);
            }
            after =
                    new GapQuestion.After(
                            new EpochMicros(found.getLast().getFoundUs()), found.getLast().getId());
        }
        return new Entries(gaps, false);
    }

    private @Nullable EpochMicros listed(Instrument instrument) {
        if (!through.serves(instrument)) {
            return null;
        }
        if (through.skipForward(instrument, BEGIN).equals(BEGIN)) {
            var _ = through.fetch(List.of(Ask.From.blockOf(instrument, BEGIN)), through.deadline());
        }
        EpochMicros first = through.skipForward(instrument, BEGIN);
        return first.equals(BEGIN) ? null : first;
    }
}
