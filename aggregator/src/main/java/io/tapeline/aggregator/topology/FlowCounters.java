package io.tapeline.aggregator.topology;

import io.tapeline.aggregator.line.LineCounters;
import io.tapeline.aggregator.line.LineKind;
import io.tapeline.aggregator.store.SnapshotCounts;
import io.tapeline.schemas.market.EpochMicros;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** Counts {@link Flow}. Stream threads write, anyone reads. */
public final class FlowCounters {

    private final LongAdder[] counters = new LongAdder[Flow.values().length];
    private final LongAccumulator[] newestEventMicros =
            new LongAccumulator[LineKind.values().length];
    private final AtomicLong threadsReplaced = new AtomicLong();
    private final LineCounters lines = new LineCounters();
    private final CatchUp catchUp = new CatchUp();
    private final SnapshotCounts snapshots = new SnapshotCounts();
    private final Map<String, LongSupplier> more = new ConcurrentHashMap<>();

    public FlowCounters() {
        for (int i = 0; i < counters.length; i++) {
            counters[i] = new LongAdder();
        }
        for (int i = 0; i < newestEventMicros.length; i++) {
            newestEventMicros[i] = new LongAccumulator(Math::max, 0);
        }
    }

    public void count(Flow flow) {
        counters[flow.ordinal()].increment();
    }

    public void count(Flow flow, long times) {
        counters[flow.ordinal()].add(times);
    }

    public long of(Flow flow) {
        return counters[flow.ordinal()].sum();
    }

    /** An event of a kind was taken in, which happened at this time at the exchange. */
    public void eventAt(LineKind kind, EpochMicros time) {
        newestEventMicros[kind.ordinal()].accumulate(time.value());
    }

    /** Newest event time of a kind, in microseconds since the epoch; 0 where there was none. */
    public long newestEventMicros(LineKind kind) {
        return newestEventMicros[kind.ordinal()].get();
    }

    /** Newest event time seen, in microseconds since the epoch; 0 where there was none. */
    public long newestEventMicros() {
        return Arrays.stream(newestEventMicros).mapToLong(LongAccumulator::get).max().orElseThrow();
    }

    /** What each line brought. */
    public LineCounters lines() {
        return lines;
    }

    /** Which inputs are of the present. */
    public CatchUp catchUp() {
        return catchUp;
    }

    /** Of the book store. */
    public SnapshotCounts snapshots() {
        return snapshots;
    }

    /** Tells what another part counts among {@link #named}. */
    public void alsoCount(String name, LongSupplier count) {
        more.put(name, count);
    }

    public void threadReplaced() {
        threadsReplaced.incrementAndGet();
    }

    /**
     * By {@link Flow#id}, and {@code threads.replaced}, and what {@link SnapshotCounts} and {@link
     * #alsoCount others} count.
     */
    public Map<String, LongSupplier> named() {
        Map<String, LongSupplier> named = new TreeMap<>(snapshots.named());
        for (Flow flow : Flow.values()) {
            named.put(flow.id(), () -> of(flow));
        }
        named.put("threads.replaced", threadsReplaced::get);
        named.putAll(more);
        return named;
    }

    /** What {@link #named} tells now. */
    public Map<String, Long> all() {
        Map<String, Long> all = new TreeMap<>();
        named().forEach((name, count) -> all.put(name, count.getAsLong()));
        return all;
    }
}
