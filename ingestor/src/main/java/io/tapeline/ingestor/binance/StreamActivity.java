package io.tapeline.ingestor.binance;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * What one connection has brought of one stream. Written by the thread that reads the connection,
 * by lazy stores and nothing else; read by others, who may see it a moment later.
 */
final class StreamActivity {

    /** Payloads that are larger are not kept: those of all streams are held at once. */
    private static final int MOST_KEPT_BYTES = 2048;

    private static final VarHandle COUNT = handle("count", long.class);
    private static final VarHandle NEWEST = handle("newestNanos", long.class);
    private static final VarHandle PAYLOAD = handle("payload", byte[].class);

    @SuppressWarnings("unused") // by its handle
    private long count;

    @SuppressWarnings("unused") // by its handle
    private long newestNanos;

    @SuppressWarnings("unused") // by its handle
    private byte @Nullable [] payload;

    private volatile long confirmedNanos;

    /**
     * An event has come. By one thread only.
     *
     * @param receivedNanos nanoseconds since the epoch
     * @param event its bytes; null if they are of many instruments
     */
    void received(long receivedNanos, byte @Nullable [] event) {
        COUNT.setRelease(this, (long) COUNT.get(this) + 1);
        NEWEST.setRelease(this, receivedNanos);
        if (event != null) {
            PAYLOAD.setRelease(this, event.length <= MOST_KEPT_BYTES ? event : null);
        }
    }

    /** Events so far. */
    long count() {
        return (long) COUNT.getAcquire(this);
    }

    /** Nanoseconds since the epoch; 0 if there was no event yet. */
    long newestNanos() {
        return (long) NEWEST.getAcquire(this);
    }

    /** The newest event, not to be changed; null if there is none, or it was too large to keep. */
    byte @Nullable [] payload() {
        return (byte[]) PAYLOAD.getAcquire(this);
    }

    /** The exchange has confirmed the stream, for the first time or again. */
    void confirmed(long nanos) {
        confirmedNanos = nanos == 0 ? 1 : nanos;
    }

    /** In nanoseconds of {@link System#nanoTime}; 0 if it is not yet confirmed. */
    long confirmedNanos() {
        return confirmedNanos;
    }

    private static VarHandle handle(String field, Class<?> type) {
        try {
            return MethodHandles.lookup().findVarHandle(StreamActivity.class, field, type);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
