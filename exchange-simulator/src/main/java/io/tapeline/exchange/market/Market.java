package io.tapeline.exchange.market;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All pairs and the market's time, behind one lock: whoever holds it sees one point of the flow, at
 * which all that was announced up to then, and nothing more, has been handed to the streams.
 */
public final class Market {

    // Fair: a replay at full speed takes the lock again at once, and would starve the questions
    // that are asked meanwhile.
    private final ReentrantLock lock = new ReentrantLock(true);
    private volatile Map<String, PairStreams> pairs;
    private final Map<String, PairStreams> delisted = new ConcurrentHashMap<>();
    private long nowMicros;

    public Market(Collection<PairStreams> pairs, long startMicros) {
        Map<String, PairStreams> bySymbol = new LinkedHashMap<>();
        pairs.forEach(p -> bySymbol.put(p.pair().spec().symbol(), p));
        this.pairs = Collections.unmodifiableMap(bySymbol);
        this.nowMicros = startMicros;
    }

    /** Runs the code at one point of the flow. */
    public <T> T at(Supplier<T> question) {
        lock.lock();
        try {
            return question.get();
        } finally {
            lock.unlock();
        }
    }

    /** Runs the next part of the flow. */
    public void move(Runnable step) {
        lock.lock();
        try {
            step.run();
        } finally {
            lock.unlock();
        }
    }

    /** The market's time, microseconds since the epoch; to be asked inside {@link #at}. */
    public long nowMicros() {
        return nowMicros;
    }

    /** Time goes on; it never goes back. To be called inside {@link #move}. */
    public void nowMicros(long micros) {
        nowMicros = Math.max(nowMicros, micros);
    }

    /** The pair; null where the symbol is unknown. */
    public @Nullable PairStreams pair(String symbol) {
        return pairs.get(symbol);
    }

    /** All pairs in the order in which the exchange lists them. */
    public Collection<PairStreams> pairs() {
        return pairs.values();
    }

    /** A pair that is no longer listed; null where there was none of that name. */
    public @Nullable PairStreams delisted(String symbol) {
        return delisted.get(symbol);
    }

    /** A new pair is listed. To be called inside {@link #move}. */
    public void list(PairStreams pair) {
        Map<String, PairStreams> more = new LinkedHashMap<>(pairs);
        more.put(pair.pair().spec().symbol(), pair);
        delisted.remove(pair.pair().spec().symbol());
        pairs = Collections.unmodifiableMap(more);
    }

    /** A pair is no longer listed. To be called inside {@link #move}. */
    public void delist(String symbol) {
        Map<String, PairStreams> fewer = new LinkedHashMap<>(pairs);
        PairStreams gone = fewer.remove(symbol);
        if (gone != null) {
            delisted.put(symbol, gone);
            pairs = Collections.unmodifiableMap(fewer);
        }
    }
}
