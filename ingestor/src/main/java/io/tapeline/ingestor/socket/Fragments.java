package io.tapeline.ingestor.socket;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.eclipse.jetty.websocket.core.exception.MessageTooLargeException;

/** Puts a message together whose frames come one by one. The array is kept for the next message. */
final class Fragments {

    private static final int FIRST_CAPACITY = 64 * 1024;

    private final int maxBytes;
    private byte[] bytes = new byte[0];
    private int length;
    private boolean started;

    Fragments(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * @throws MessageTooLargeException if the message exceeds what is allowed
     */
    void add(ByteBuffer payload) {
        int added = payload.remaining();
        if (added > maxBytes - length) {
            throw new MessageTooLargeException(
                    "message of more than " + maxBytes + " bytes refused");
        }
        if (bytes.length < length + added) {
            bytes =
                    Arrays.copyOf(
                            bytes,
                            Math.max(length + added, Math.max(FIRST_CAPACITY, bytes.length * 2)));
        }
        payload.get(payload.position(), bytes, length, added);
        length += added;
        started = true;
    }

    /** Whether no message has begun; one that began may still have no bytes. */
    boolean isEmpty() {
        return !started;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
        started = false;
    }
}
