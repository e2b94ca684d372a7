package io.tapeline.query.through;

import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.EpochMicros;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** An exchange that has the minutes it is given, and remembers what it was asked. */
public final class ListedExchange implements ExchangeCandles {

    private final TreeMap<EpochMicros, Candle> minutes = new TreeMap<>();
    private final ConcurrentLinkedQueue<Ask> asked = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Candle> told = new ConcurrentLinkedQueue<>();
    private volatile Supplier<Reply> instead = () -> new Reply.NoSuch();
    private volatile boolean away;

    public ListedExchange(List<Candle> minutes) {
        minutes.forEach(minute -> this.minutes.put(minute.openTime(), minute));
    }

    /** Whatever it has, it answers this. */
    public void answers(Supplier<Reply> reply) {
        instead = reply;
        away = true;
    }

    /** It answers as it should again. */
    public void recovers() {
        away = false;
    }

    @Override
    public Reply fetch(Ask ask, Duration within) {
        asked.add(ask);
        if (away) {
            return instead.get();
        }
        List<Candle> found =
                switch (ask) {
                    case Ask.From(_, EpochMicros minute) ->
                            minutes.tailMap(minute, true).values().stream()
                                    .limit(Ask.MINUTES)
                                    .toList();
                    case Ask.Before(_, EpochMicros end) ->
                            minutes.headMap(end, false).descendingMap().values().stream()
                                    .limit(Ask.MINUTES)
                                    .toList()
                                    .reversed();
                };
        told.addAll(found);
        return new Reply.Found(found);
    }

    public List<Ask> asked() {
        return new ArrayList<>(asked);
    }

    /** All that it answered so far, what it answered twice twice. */
    public List<Candle> told() {
        return new ArrayList<>(told);
    }
}
