package io.tapeline.aggregator.topology;

import io.tapeline.aggregator.line.LineCounters;
import io.tapeline.aggregator.store.SnapshotCounts;
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
    private final LongAccumulator newestEventMicros = new LongAccumulator(Math::max, 0);
    private final AtomicLong threadsReplaced = new AtomicLong();
    private final LineCounters lines = new LineCounters();
    private final CatchUp catchUp = new CatchUp();
    private final SnapshotCounts snapshots = new SnapshotCounts();
    private final Map<String, LongSupplier> more = new ConcurrentHashMap<>();

    public FlowCounters() {
        for (int i = 0; i < counters.length; i++) {
            counters[i] = new LongAdder();
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

    public void eventAt(long epochMicros) {
        newestEventMicros.accumulate(epochMicros);
    }

    /** Newest event time seen, in microseconds since the epoch; 0 where there was none. */
    public long newestEventMicros() {
        return newestEventMicros.get();
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
