package io.tapeline.chaos.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** One direction of one connection: read here, wait as long as the weather says, written there. */
final class Direction {

    private static final int CHUNK_BYTES = 8 * 1024;
    private static final int CHUNKS_UNDER_WAY = 256;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /**
     * @param bytes empty: the sender has said all
     */
    private record Chunk(byte[] bytes, long readNanos) {}

    private final Socket from;
    private final Socket to;
    private final Supplier<Weather> weather;
    private final Runnable end;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final BlockingQueue<Chunk> underWay = new ArrayBlockingQueue<>(CHUNKS_UNDER_WAY);

    /**
     * @param end ends both directions; may be called more than once
     */
    Direction(Socket from, Socket to, Supplier<Weather> weather, Runnable end) {
        this.from = from;
        this.to = to;
        this.weather = weather;
        this.end = end;
    }

    void start() {
        Thread.ofVirtual().start(this::read);
        Thread.ofVirtual().start(this::write);
    }

    private void read() {
        byte[] buffer = new byte[CHUNK_BYTES];
        try {
            InputStream in = from.getInputStream();
            int count = in.read(buffer);
            while (count >= 0) {
                put(new Chunk(Arrays.copyOf(buffer, count), System.nanoTime()));
                count = in.read(buffer);
            }
            put(new Chunk(new byte[0], System.nanoTime()));
        } catch (IOException e) {
            // Reset by one of the two: the other is to see a reset too.
            finish();
        }
    }

    private void put(Chunk chunk) throws IOException {
        try {
            while (!underWay.offer(chunk, LOOK_NANOS, TimeUnit.NANOSECONDS)) {
                if (ended.get()) {
                    throw new IOException("wire: the other end is gone");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("wire: interrupted", e);
        }
    }

    private void write() {
        try {
            OutputStream out = to.getOutputStream();
            while (!ended.get() && !to.isClosed()) {
                Chunk chunk = underWay.poll(LOOK_NANOS, TimeUnit.NANOSECONDS);
                if (chunk == null) {
                    continue;
                }
                arrive(chunk);
                if (chunk.bytes().length == 0) {
                    to.shutdownOutput();
                    return;
                }
                out.write(chunk.bytes());
            }
        } catch (IOException e) {
            // As in read().
            finish();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            finish();
        }
    }

    private void arrive(Chunk chunk) {
        Weather now = weather.get();
        while (now.dark() && !to.isClosed()) {
            LockSupport.parkNanos(LOOK_NANOS);
            now = weather.get();
        }
        long wait = chunk.readNanos() + now.latency().toNanos() - System.nanoTime();
        if (now.bytesPerSecond() > 0) {
            wait =
                    Math.max(wait, 0)
                            + TimeUnit.SECONDS.toNanos(chunk.bytes().length) / now.bytesPerSecond();
        }
        if (wait > 0) {
            LockSupport.parkNanos(wait);
        }
    }

    private void finish() {
        ended.set(true);
        end.run();
    }
}
