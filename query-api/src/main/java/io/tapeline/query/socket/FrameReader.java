package io.tapeline.query.socket;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a client sends, in pieces of any size, as messages (RFC 6455, 5.2 to 5.6). Holds nothing
 * between messages. Not thread-safe.
 */
final class FrameReader {

    private static final byte[] NONE = {};
    private static final int FINAL = 0x80;
    private static final int RESERVED = 0x70;
    private static final int OPCODE = 0x0F;
    private static final int MASKED = 0x80;
    private static final int LENGTH = 0x7F;
    private static final int MASK_BYTES = 4;

    private final int mostBytes;
    private byte[] rest = NONE;
    private @Nullable ByteArrayOutputStream fragments;

    /** What was said. */
    interface Receiver {

        void text(String message);

        void ping(byte[] payload);

        void pong();

        /**
         * The other side closes.
         *
         * @param code its own, 1000 where it gave none
         */
        void closing(int code);
    }

    /**
     * @param mostBytes of a message
     */
    FrameReader(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    /**
     * @throws SocketFault if that is none of the protocol's; nothing is to be read afterwards
     */
    void read(ByteBuffer bytes, Receiver receiver) throws SocketFault {
        ByteBuffer in = bytes;
        if (rest.length > 0) {
            in = ByteBuffer.allocate(rest.length + bytes.remaining());
            in.put(rest).put(bytes).flip();
        }
        boolean whole = true;
        while (whole) {
            whole = readFrame(in, receiver);
        }
        rest = new byte[in.remaining()];
        in.get(rest);
    }

    /** False if the frame is not there whole; then nothing of it is taken. */
    private boolean readFrame(ByteBuffer in, Receiver receiver) throws SocketFault {
        int start = in.position();
        if (in.remaining() < 2) {
            return false;
        }
        int first = in.get() & 0xFF;
        int second = in.get() & 0xFF;
        check(first, second);
        long length = second & LENGTH;
        int more = length == 126 ? Short.BYTES : length == 127 ? Long.BYTES : 0;
        if (in.remaining() < more) {
            in.position(start);
            return false;
        }
        if (more == Short.BYTES) {
            length = in.getShort() & 0xFFFF;
        } else if (more == Long.BYTES) {
            length = in.getLong();
        }
        // Control frames come between the pieces of a message, and are none of them.
        int held = fragments == null || isControl(first) ? 0 : fragments.size();
        if (length < 0 || length > mostBytes - held) {
            throw new SocketFault(
                    CloseCode.TOO_BIG, "a message may have " + mostBytes + " bytes at most");
        }
        if (in.remaining() < MASK_BYTES + length) {
            in.position(start);
            return false;
        }
        byte[] mask = new byte[MASK_BYTES];
        in.get(mask);
        byte[] payload = new byte[(int) length];
        in.get(payload);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i % MASK_BYTES];
        }
        take(first & OPCODE, (first & FINAL) != 0, payload, receiver);
        return true;
    }

    private static void check(int first, int second) throws SocketFault {
        if ((first & RESERVED) != 0) {
            throw new SocketFault(CloseCode.PROTOCOL_ERROR, "no extension was agreed upon");
        }
        if ((second & MASKED) == 0) {
            throw new SocketFault(CloseCode.PROTOCOL_ERROR, "a client's frames must be masked");
        }
        if (isControl(first)
                && ((first & FINAL) == 0 || (second & LENGTH) > Frames.MOST_CONTROL_BYTES)) {
            throw new SocketFault(
                    CloseCode.PROTOCOL_ERROR, "a control frame is too long, or in pieces");
        }
    }

    private static boolean isControl(int first) {
        return (first & OPCODE) >= Frames.CLOSE;
    }

    private void take(int opcode, boolean last, byte[] payload, Receiver receiver)
            throws SocketFault {
        switch (opcode) {
            case Frames.CONTINUATION -> {
                ByteArrayOutputStream begun = fragments;
                if (begun == null) {
                    throw new SocketFault(
                            CloseCode.PROTOCOL_ERROR, "nothing was begun that goes on");
                }
                begun.writeBytes(payload);
                if (last) {
                    fragments = null;
                    receiver.text(text(begun.toByteArray()));
                }
            }
            case Frames.TEXT -> {
                if (fragments != null) {
                    throw new SocketFault(
                            CloseCode.PROTOCOL_ERROR, "a message begins within another");
                }
                if (last) {
                    receiver.text(text(payload));
                } else {
                    fragments = new ByteArrayOutputStream();
                    fragments.writeBytes(payload);
                }
            }
            case Frames.BINARY -> throw new SocketFault(CloseCode.UNSUPPORTED, "messages are text");
            case Frames.CLOSE -> receiver.closing(code(payload));
            case Frames.PING -> receiver.ping(payload);
            case Frames.PONG -> receiver.pong();
            default -> throw new SocketFault(CloseCode.PROTOCOL_ERROR, "no such opcode: " + opcode);
        }
    }

    /** RFC 6455, 5.5.1 and 7.4: a code that may be sent, and a reason in UTF-8; or nothing. */
    private static int code(byte[] payload) throws SocketFault {
        if (payload.length == 0) {
            return CloseCode.NORMAL.code();
        }
        int code = payload.length == 1 ? 0 : ByteBuffer.wrap(payload).getShort() & 0xFFFF;
        if (!isSendable(code)) {
            throw new SocketFault(CloseCode.PROTOCOL_ERROR, "no code to close with: " + code);
        }
        var _ = text(Arrays.copyOfRange(payload, Short.BYTES, payload.length));
        return code;
    }

    private static boolean isSendable(int code) {
        return code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006
                || code >= 3000 && code <= 4999;
    }

    private static String text(byte[] bytes) throws SocketFault {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new SocketFault(CloseCode.BAD_TEXT, "text must be UTF-8");
        }
    }
}
