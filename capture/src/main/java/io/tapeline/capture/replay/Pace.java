package io.tapeline.capture.replay;

import java.util.function.LongSupplier;

/**
 * When a line is due: as long after the first as it was received after it, divided by the speed.
 */
final class Pace {

    private final double speed;
    private final LongSupplier nanoTime;
    private boolean begun;
    private long firstReceived;
    private long begunNanos;

    /**
     * @param speed 0 for no pace at all
     */
    Pace(double speed, LongSupplier nanoTime) {
        this.speed = speed;
        this.nanoTime = nanoTime;
    }

    /** How long to wait before the line that was received then; zero or less for not at all. */
    long waitNanos(long receiveNanos) {
        if (speed == 0) {
            return 0;
        }
        long now = nanoTime.getAsLong();
        if (!begun) {
            begun = true;
            firstReceived = receiveNanos;
            begunNanos = now;
        }
        return (long) ((receiveNanos - firstReceived) / speed) - (now - begunNanos);
    }
}
