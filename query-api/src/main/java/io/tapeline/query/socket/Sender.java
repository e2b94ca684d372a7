package io.tapeline.query.socket;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/** A thread that writes to many connections, each of which has one sender for ever. */
final class Sender implements AutoCloseable {

    private final Queue<Connection> waiting = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private volatile boolean parked;
    private volatile boolean closed;

    Sender(String name) {
        thread = Thread.ofPlatform().daemon().name(name).start(this::run);
    }

    /** Never waits. */
    void send(Connection connection) {
        waiting.add(connection);
        if (parked) {
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        while (!closed) {
            Connection next = waiting.poll();
            if (next != null) {
                next.write();
            } else {
                parked = true;
                // What was added before that was seen is not slept over.
                if (waiting.isEmpty() && !closed) {
                    LockSupport.park(this);
                }
                parked = false;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
