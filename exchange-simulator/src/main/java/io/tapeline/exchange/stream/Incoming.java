package io.tapeline.exchange.stream;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.websocket.core.Frame;

/** Puts the texts that a client sends together from their frames. Not thread-safe. */
final class Incoming {

    private static final int MOST_MESSAGE_BYTES = 1 << 20;

    private final ByteArrayOutputStream partial = new ByteArrayOutputStream();

    /** What has come of a text so far. */
    sealed interface Text {}

    record Unfinished() implements Text {}

    record TooLarge() implements Text {}

    record Whole(String text) implements Text {}

    /** Takes the next frame of a text. */
    Text take(byte[] payload, boolean last) {
        partial.writeBytes(payload);
        if (partial.size() > MOST_MESSAGE_BYTES) {
            partial.reset();
            return new TooLarge();
        }
        if (!last) {
            return new Unfinished();
        }
        String text = partial.toString(StandardCharsets.UTF_8);
        partial.reset();
        return new Whole(text);
    }

    static byte[] bytes(Frame frame) {
        ByteBuffer payload = frame.getPayload();
        return payload == null ? new byte[0] : BufferUtil.toArray(payload);
    }
}
