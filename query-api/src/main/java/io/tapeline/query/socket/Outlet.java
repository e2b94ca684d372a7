package io.tapeline.query.socket;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * What one connection writes, in its order: signs of life and answers to them, the close, and else
 * what the talk has to say. Any thread adds to it; the connection's sender alone writes.
 */
final class Outlet {

    /** Written between two looks at whether the socket is full. */
    private static final int GATHERED_BYTES = 64 << 10;

    private static final int MOST_CONTROLS = 16;

    private final Queue<byte[]> controls = new ConcurrentLinkedQueue<>();
    private volatile byte @Nullable [] closing;
    private volatile long closingNanos;
    private volatile boolean closeSent;

    /** Since when the socket is full; 0: it is not. */
    private volatile long fullNanos;

    /** False if as many wait as may. */
    boolean control(byte[] frame) {
        return controls.size() < MOST_CONTROLS && controls.add(frame);
    }

    /** False if it is closing already, with whatever was said first. */
    synchronized boolean close(int code, String reason) {
        if (closing != null) {
            return false;
        }
        closingNanos = System.nanoTime();
        closing = Frames.close(code, reason);
        return true;
    }

    boolean isClosing() {
        return closing != null;
    }

    /** Of one that is closing. */
    long closingForNanos(long now) {
        return now - closingNanos;
    }

    boolean isCloseSent() {
        return closeSent;
    }

    /** For how long it is full and nothing was taken; 0 where it is not full. */
    long fullForNanos(long now) {
        long since = fullNanos;
        return since == 0 ? 0 : Math.max(1, now - since);
    }

    /**
     * Writes what there is as far as the socket takes it.
     *
     * @return false if it is full: Tomcat tells when it takes more
     */
    boolean write(SocketWrapperBase<?> socket, Talk talk, Sockets sockets) throws IOException {
        if (socket.hasDataToWrite() && socket.flush(false)) {
            return waits(socket);
        }
        // What was left was taken, however soon the socket is full again.
        fullNanos = 0;
        boolean more = true;
        while (more) {
            more = gather(socket, talk, sockets);
            if (socket.flush(false)) {
                return waits(socket);
            }
        }
        return true;
    }

    private boolean waits(SocketWrapperBase<?> socket) {
        if (fullNanos == 0) {
            fullNanos = Math.max(1, System.nanoTime());
        }
        socket.registerWriteInterest();
        return false;
    }

    /** False if nothing is left. */
    private boolean gather(SocketWrapperBase<?> socket, Talk talk, Sockets sockets)
            throws IOException {
        int gathered = 0;
        while (gathered < GATHERED_BYTES) {
            if (closeSent) {
                return false;
            }
            byte[] control = controls.poll();
            byte[] close = closing;
            if (control != null) {
                socket.write(false, control, 0, control.length);
                gathered += control.length;
            } else if (close != null) {
                socket.write(false, close, 0, close.length);
                closeSent = true;
            } else {
                byte[] message = talk.next();
                if (message == null) {
                    return false;
                }
                byte[] header = Frames.header(Frames.TEXT, message.length);
                socket.write(false, header, 0, header.length);
                socket.write(false, message, 0, message.length);
                gathered += message.length;
                sockets.sent();
            }
        }
        return true;
    }
}
