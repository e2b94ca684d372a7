package io.tapeline.aggregator.topology;

import io.tapeline.aggregator.line.LineKind;
import io.tapeline.schemas.market.EpochMicros;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whether an input partition that this instance took over has come up to the present: what is known
 * of its instruments is as old as the change of hands until then, and has to be called stale.
 * Stream threads tell, anyone asks.
 */
public final class CatchUp {

    /** A record that was received within this time is of the present. */
    private static final long PRESENT_MICROS = 2_000_000;

    /**
     * Nothing to process for this long: there is nothing to catch up with. On a busy machine the
     * first records of a partition that was taken over may take seconds to arrive.
     */
    private static final long IDLE_MICROS = 10_000_000;

    private final Map<Input, Progress> inputs = new ConcurrentHashMap<>();

    private record Input(LineKind kind, int partition) {}

    /** The partition begins, or begins anew, to be processed here. */
    Progress begins(LineKind kind, int partition, EpochMicros now) {
        Progress progress = new Progress(now);
        inputs.put(new Input(kind, partition), progress);
        return progress;
    }

    /** The partition is no longer processed here, unless it has begun anew since. */
    void ends(LineKind kind, int partition, Progress progress) {
        inputs.remove(new Input(kind, partition), progress);
    }

    /** False too where the partition has never been processed here. */
    public boolean isDone(LineKind kind, int partition, EpochMicros now) {
        Progress progress = inputs.get(new Input(kind, partition));
        return progress != null && progress.isDone(now);
    }

    /** How far one partition has come since it was taken over. */
    static final class Progress {

        private volatile boolean done;
        private volatile long busyMicros;

        private Progress(EpochMicros now) {
            busyMicros = now.value();
        }

        /**
         * A record is processed.
         *
         * @param received when the ingestor got it
         */
        void processed(EpochMicros received, EpochMicros now) {
            if (!done) {
                busyMicros = now.value();
                done = now.value() - received.value() <= PRESENT_MICROS;
            }
        }

        private boolean isDone(EpochMicros now) {
            if (!done && now.value() - busyMicros > IDLE_MICROS) {
                done = true;
            }
            return done;
        }
    }
}
