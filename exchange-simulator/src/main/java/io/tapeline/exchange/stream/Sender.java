package io.tapeline.exchange.stream;

import org.jspecify.annotations.Nullable;

/**
 * The way out of one connection while it is open; before and after that everything is dropped.
 * Thread-safe.
 */
final class Sender {

    private volatile @Nullable Outbox outbox;

    void begin(Outbox opened) {
        outbox = opened;
    }

    /** Queues a text; says false where the queue is full. */
    boolean offer(Outgoing frame, boolean combined) {
        Outbox queue = outbox;
        return queue == null || queue.offer(frame, combined ? frame.enveloped() : frame.raw());
    }

    /** Queues a ping or pong. */
    void control(byte opCode, byte[] payload) {
        Outbox queue = outbox;
        if (queue != null) {
            queue.control(opCode, payload);
        }
    }

    /** Writes what waits. */
    void flush() {
        Outbox queue = outbox;
        if (queue != null) {
            queue.flush();
        }
    }

    /** From now on the socket takes so many bytes a second; 0 for as many as it can. */
    void pace(int bytesPerSecond) {
        Outbox queue = outbox;
        if (queue != null) {
            queue.pace(bytesPerSecond);
        }
    }

    boolean crowded() {
        Outbox queue = outbox;
        return queue != null && queue.crowded();
    }

    int waiting() {
        Outbox queue = outbox;
        return queue == null ? 0 : queue.waiting();
    }

    /** Forgets what waits. */
    void end() {
        Outbox queue = outbox;
        outbox = null;
        if (queue != null) {
            queue.close();
        }
    }
}
