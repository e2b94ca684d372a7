package io.tapeline.aggregator.topology;

import io.tapeline.aggregator.line.LineKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether what is known of an input partition is of the present: all that was in the partition a
 * moment ago has been processed here. Offsets alone say so, for the clocks of machines differ: the
 * partition's end is asked for every so often, and it counts from when it was asked for.
 *
 * <p>Who was given a partition is behind until it has come to an end that was asked for. Who has
 * lost it to another, or is cut off from Kafka, hears of no end that it has come to, and is not of
 * the present any more, though it may not know yet why.
 *
 * <p>Stream threads tell how far they are, another thread where the ends are, anyone asks.
 */
public final class CatchUp {

    /** Ends kept of each partition: more than are asked for while one of them counts. */
    static final int MOST_ENDS = 8;

    private final Map<Input, Progress> inputs = new ConcurrentHashMap<>();
    private final Map<Input, List<End>> ends = new ConcurrentHashMap<>();

    /** A partition of the raw topic of a kind. */
    public record Input(LineKind kind, int partition) {}

    /**
     * @param offset of the record that came next
     * @param askedNanos when it was asked for: what came before that lies below it
     */
    private record End(long offset, long askedNanos) {

        boolean counts(Duration within, long nowNanos) {
            return nowNanos - askedNanos <= within.toNanos();
        }
    }

    /** How far an input is. */
    public enum State {
        /** All that was there a moment ago has been processed. */
        PRESENT,
        /** Not all of it has. */
        BEHIND,
        /** Nobody has said for too long what is there. */
        UNHEARD
    }

    /** The partition begins, or begins anew, to be processed here. */
    Progress begins(LineKind kind, int partition) {
        Progress progress = new Progress();
        inputs.put(new Input(kind, partition), progress);
        return progress;
    }

    /** The partition is no longer processed here, unless it has begun anew since. */
    void ends(LineKind kind, int partition, Progress progress) {
        inputs.remove(new Input(kind, partition), progress);
    }

    /** Those that are processed here, and of which nobody has said yet where that begins. */
    public List<Input> withoutStart() {
        List<Input> found = new ArrayList<>();
        inputs.forEach((input, progress) -> {
            if (progress.position() < 0) {
                found.add(input);
            }
        });
        return found;
    }

    /**
     * @param offset of the record that is, or was, to be processed first, if there is one
     */
    public void startsAt(Input input, long offset) {
        Progress progress = inputs.get(input);
        if (progress != null) {
            progress.start = offset;
        }
    }

    /**
     * @param offset after the last record that can be read, of a topic without transactions, so
     *     that every offset is a record
     * @param askedNanos before the question was sent
     */
    public void endsAt(Input input, long offset, long askedNanos) {
        ends.merge(
                input,
                List.of(new End(offset, askedNanos)),
                (before, newest) -> {
                    List<End> all =
                            new ArrayList<>(
                                    before.subList(
                                            Math.max(0, before.size() - MOST_ENDS + 1),
                                            before.size()));
                    all.addAll(newest);
                    return List.copyOf(all);
                });
    }

    /**
     * @param within how old the present may be
     */
    public State of(LineKind kind, int partition, Duration within, long nowNanos) {
        Input input = new Input(kind, partition);
        Progress progress = inputs.get(input);
        long position = progress == null ? -1 : progress.position();
        State state = State.UNHEARD;
        for (End end : ends.getOrDefault(input, List.of())) {
            if (end.counts(within, nowNanos)) {
                if (position >= end.offset()) {
                    return State.PRESENT;
                }
                state = State.BEHIND;
            }
        }
        return state;
    }

    /** Whether Kafka has told the end of any partition, of those held by others too. */
    public boolean isHeard(Duration within, long nowNanos) {
        return ends.values().stream()
                .anyMatch(all -> all.stream().anyMatch(end -> end.counts(within, nowNanos)));
    }

    /** How far one partition has come since it was taken over. */
    static final class Progress {

        private static final long UNKNOWN = -1;

        private final AtomicLong next = new AtomicLong(UNKNOWN);
        private volatile long start = UNKNOWN;

        private Progress() {}

        /** A record is processed, and what it changed can be asked for. */
        void processed(long offset) {
            next.lazySet(offset + 1);
        }

        /** Of the record that is processed next; negative where that is not known. */
        private long position() {
            return Math.max(start, next.get());
        }
    }
}
