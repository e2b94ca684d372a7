package io.tapeline.query.socket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Frames as a server sends them (RFC 6455, 5.2): not masked, in one piece. */
final class Frames {

    static final int CONTINUATION = 0x0;
    static final int TEXT = 0x1;
    static final int BINARY = 0x2;
    static final int CLOSE = 0x8;
    static final int PING = 0x9;
    static final int PONG = 0xA;

    /** Of a control frame. */
    static final int MOST_CONTROL_BYTES = 125;

    private static final int FINAL = 0x80;
    private static final int MOST_HEADER_BYTES = 10;
    private static final int MOST_SHORT = 0xFFFF;

    private Frames() {}

    static byte[] header(int opcode, int length) {
        ByteBuffer header = ByteBuffer.allocate(MOST_HEADER_BYTES);
        header.put((byte) (FINAL | opcode));
        if (length <= MOST_CONTROL_BYTES) {
            header.put((byte) length);
        } else if (length <= MOST_SHORT) {
            header.put((byte) 126).putShort((short) length);
        } else {
            header.put((byte) 127).putLong(length);
        }
        return Arrays.copyOf(header.array(), header.position());
    }

    /** Whole, with its payload. */
    static byte[] control(int opcode, byte[] payload) {
        byte[] header = header(opcode, payload.length);
        byte[] frame = Arrays.copyOf(header, header.length + payload.length);
        System.arraycopy(payload, 0, frame, header.length, payload.length);
        return frame;
    }

    /**
     * @param reason cut at what a frame holds
     */
    static byte[] close(int code, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(text.length, MOST_CONTROL_BYTES - 2);
        // Not within a character.
        while (length < text.length && (text[length] & 0xC0) == 0x80) {
            length--;
        }
        ByteBuffer payload = ByteBuffer.allocate(2 + length);
        payload.putShort((short) code).put(text, 0, length);
        return control(CLOSE, payload.array());
    }
}
