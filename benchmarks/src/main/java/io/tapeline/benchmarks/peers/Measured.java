package io.tapeline.benchmarks.peers;

import com.sun.management.OperatingSystemMXBean;
import io.tapeline.benchmarks.broker.Offsets;
import io.tapeline.benchmarks.frames.FrameServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** A client in this process: its time is the process's without the thread that plays the tape. */
final class Measured {

    private static final long WINDOW = 30_000;
    private static final long POLL_NANOS = 2_000_000;
    private static final long PATIENCE_NANOS = 180_000_000_000L;

    private Measured() {}

    /**
     * Waits until all streams are subscribed, then plays the tape.
     *
     * @param applied how many diffs are in their books
     */
    static PeerResult follow(TapePlayer player, FrameServer server, LongSupplier applied) {
        await(server::subscribed, player.streams());
        CompletableFuture<Void> played = new CompletableFuture<>();
        Thread thread =
                Thread.ofPlatform()
                        .name("tape")
                        .start(() -> {
                            try {
                                player.play(server, applied, WINDOW);
                                played.complete(null);
                            } catch (IOException | RuntimeException e) {
                                played.completeExceptionally(e);
                            }
                            // Its processor time can be asked for as long as it lives.
                            LockSupport.park();
                        });
        try {
            long half = await(applied, player.events() / 2);
            long begunNanos = System.nanoTime();
            long begunCpu = cpuNanos(thread);
            long total = await(applied, player.events());
            long cpu = cpuNanos(thread) - begunCpu;
            long wall = System.nanoTime() - begunNanos;
            played.join();
            Offsets.requireComplete("applied", player.events(), total);
            return new PeerResult(total - half, cpu / 1_000, wall / 1_000);
        } finally {
            LockSupport.unpark(thread);
        }
    }

    private static long cpuNanos(Thread player) {
        OperatingSystemMXBean system =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getProcessCpuTime()
                - ManagementFactory.getThreadMXBean().getThreadCpuTime(player.threadId());
    }

    static long await(LongSupplier value, long wanted) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        long now = value.getAsLong();
        while (now < wanted) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("only %,d of %,d".formatted(now, wanted));
            }
            LockSupport.parkNanos(POLL_NANOS);
            now = value.getAsLong();
        }
        return now;
    }
}
