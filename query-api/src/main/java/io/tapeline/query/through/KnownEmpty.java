package io.tapeline.query.through;

import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The {@link EmptyMinutes} of the instruments that were asked about, as answers show them. Bounded:
 * what is forgotten costs a request. Thread-safe.
 */
final class KnownEmpty {

    private static final int MOST_INSTRUMENTS = 10_000;
    private static final int GONE_FOR_MINUTES = 60;
    private static final EpochMicros EARLIEST = new EpochMicros(0);

    private final Map<Instrument, EpochMicros> gone = new HashMap<>();
    private final Map<Instrument, EmptyMinutes> known = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * Learns what an answer leaves out.
     *
     * @param minutes the closed ones of the answer, oldest first
     * @param whole fewer came than may in one answer: there are no others where it looked
     * @param settled what is missing before this minute stays missing
     */
    synchronized void learn(Ask ask, List<Candle> minutes, boolean whole, EpochMicros settled) {
        gone.remove(ask.instrument());
        EmptyMinutes empty = of(ask.instrument());
        EpochMicros next =
                switch (ask) {
                    case Ask.From(_, EpochMicros minute) -> minute;
                    case Ask.Before _ when whole || minutes.isEmpty() -> EARLIEST;
                    case Ask.Before _ -> minutes.getFirst().openTime();
                };
        for (Candle minute : minutes) {
            add(empty, next, minute.openTime(), settled);
            next = MinuteSpan.plus(minute.openTime(), 1);
        }
        switch (ask) {
            case Ask.From _ -> {
                if (whole) {
                    add(empty, next, settled, settled);
                }
            }
            case Ask.Before(_, EpochMicros end) -> add(empty, next, end, settled);
        }
    }

    /** The exchange does not have the instrument. */
    synchronized void none(Instrument instrument, EpochMicros settled) {
        if (gone.size() < MOST_INSTRUMENTS) {
            gone.put(instrument, settled);
        }
        of(instrument).add(new MinuteSpan(EARLIEST, settled));
    }

    /**
     * @param settled as of now: an instrument may come back, and is asked about again some time
     */
    synchronized boolean isGone(Instrument instrument, EpochMicros settled) {
        EpochMicros since = gone.get(instrument);
        return since != null && MinuteSpan.between(since, settled).minutes() < GONE_FOR_MINUTES;
    }

    private static void add(
            EmptyMinutes empty, EpochMicros from, EpochMicros to, EpochMicros settled) {
        empty.add(MinuteSpan.between(from, to.isAfter(settled) ? settled : to));
    }

    private EmptyMinutes of(Instrument instrument) {
        EmptyMinutes empty = known.computeIfAbsent(instrument, _ -> new EmptyMinutes());
        if (known.size() > MOST_INSTRUMENTS) {
            known.remove(known.keySet().iterator().next());
        }
        return empty;
    }

    synchronized long count(Instrument instrument, MinuteSpan span) {
        EmptyMinutes empty = known.get(instrument);
        return empty == null ? 0 : empty.count(span);
    }

    synchronized EpochMicros skipForward(Instrument instrument, EpochMicros minute) {
        EmptyMinutes empty = known.get(instrument);
        return empty == null ? minute : empty.skipForward(minute);
    }

    synchronized EpochMicros skipBackward(Instrument instrument, EpochMicros end) {
        EmptyMinutes empty = known.get(instrument);
        return empty == null ? end : empty.skipBackward(end);
    }
}
