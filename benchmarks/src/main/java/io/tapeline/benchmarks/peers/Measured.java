package io.tapeline.benchmarks.peers;

import com.sun.management.OperatingSystemMXBean;
import io.tapeline.benchmarks.broker.Offsets;
import java.lang.management.ManagementFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * A client in a process of its own: its time is the process's, over the second half of the updates.
 * How far it is, it tells on standard output, by which the server paces the diffs.
 */
final class Measured {

    private static final long POLL_NANOS = 2_000_000;
    private static final int POLLS_BETWEEN_TOLD = 5;
    private static final long PATIENCE_NANOS = 300_000_000_000L;

    private Measured() {}

    /**
     * Tells that all is ready, then how far it is, and at the end the result.
     *
     * @param events how many diffs come
     * @param applied how many diffs are in their books
     */
    static void follow(long events, LongSupplier applied) {
        long half = await(applied, events / 2);
        long begunNanos = System.nanoTime();
        long begunCpu = cpuNanos();
        long total = await(applied, events);
        long cpu = cpuNanos() - begunCpu;
        long wall = System.nanoTime() - begunNanos;
        Offsets.requireComplete("applied", events, total);
        System.out.println(new PeerResult(total - half, cpu / 1_000, wall / 1_000).line());
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static long await(LongSupplier value, long wanted) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        long now = value.getAsLong();
        for (int polls = 0; now < wanted; polls++) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("only %,d of %,d".formatted(now, wanted));
            }
            if (polls % POLLS_BETWEEN_TOLD == 0) {
                System.out.println(new PeerProgress(now).line());
            }
            LockSupport.parkNanos(POLL_NANOS);
            now = value.getAsLong();
        }
        return now;
    }
}
