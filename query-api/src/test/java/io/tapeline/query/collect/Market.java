package io.tapeline.query.collect;

import io.tapeline.query.history.Minutes;
import io.tapeline.query.through.Ask;
import io.tapeline.query.through.ExchangeCandles;
import io.tapeline.query.through.MinuteSpan;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An exchange that has a candle of each of the last minutes of every pair, and a history to which
 * what it tells comes at once.
 */
final class Market implements ExchangeCandles {

    private static final int LISTED_FOR = 20;

    private final Map<Instrument, TreeMap<EpochMicros, Candle>> kept = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Ask> asked = new ConcurrentLinkedQueue<>();
    private volatile Function<Ask, @Nullable Reply> instead = ask -> null;

    /** Null: it answers as it should. */
    void answers(Function<Ask, @Nullable Reply> reply) {
        instead = reply;
    }

    List<Ask> asked() {
        return new ArrayList<>(asked);
    }

    Set<Instrument> known() {
        return kept.keySet();
    }

    @Override
    public Reply fetch(Ask ask, Duration within) {
        asked.add(ask);
        Reply other = instead.apply(ask);
        if (other != null) {
            return other;
        }
        EpochMicros first =
                switch (ask) {
                    case Ask.From from -> from.minute();
                    case Ask.Before before -> MinuteSpan.plus(before.end(), -LISTED_FOR);
                };
        List<Candle> told = new ArrayList<>();
        for (int i = 0; i < LISTED_FOR; i++) {
            told.add(
                    Minutes.minute(
                            ask.instrument(), MinuteSpan.plus(first, i), "1", "3", "1", "2", "5"));
        }
        TreeMap<EpochMicros, Candle> ofPair =
                kept.computeIfAbsent(ask.instrument(), _ -> new TreeMap<>());
        synchronized (ofPair) {
            told.forEach(minute -> ofPair.put(minute.openTime(), minute));
        }
        return new Reply.Found(told);
    }

    /** What the history has of a pair. */
    List<Candle> kept(Instrument instrument) {
        TreeMap<EpochMicros, Candle> ofPair = kept.getOrDefault(instrument, new TreeMap<>());
        synchronized (ofPair) {
            return List.copyOf(ofPair.values());
        }
    }
}
