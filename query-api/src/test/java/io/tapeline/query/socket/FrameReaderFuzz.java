package io.tapeline.query.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.fuzz.Input;
import io.tapeline.fuzz.Target;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Frames of a client, read at once and in pieces: the same is heard, and the same is wrong. An
 * input's first byte tells how long the pieces are.
 */
public final class FrameReaderFuzz implements Target {

    private static final int MOST = 1_000;

    /** Notes what it hears. */
    private static final class Ear implements FrameReader.Receiver {
        private final List<String> heard = new ArrayList<>();

        @Override
        public void text(String message) {
            assertThat(message.length()).isLessThanOrEqualTo(MOST);
            heard.add("text " + message);
        }

        @Override
        public void ping(byte[] payload) {
            assertThat(payload.length).isLessThanOrEqualTo(Frames.MOST_CONTROL_BYTES);
            heard.add("ping " + new String(payload, StandardCharsets.ISO_8859_1));
        }

        @Override
        public void pong() {
            heard.add("pong");
        }

        @Override
        public void closing(int code) {
            assertThat(code).isBetween(1000, 4999);
            heard.add("close " + code);
        }
    }

    @Override
    public List<byte[]> seeds() {
        return List.of(
                seed(1, frame(0x81, "hi"), frame(0x01, "a"), frame(0x89, "?"), frame(0x80, "b")),
                seed(3, frame(0x81, "x".repeat(200)), frame(0x88, "\u0003\u00e8bye")),
                seed(7, frame(0x8a, ""), frame(0x88, ""), frame(0x82, "binary")),
                seed(64, frame(0x81, "币安"), frame(0xc1, "reserved")));
    }

    private static byte[] seed(int piece, byte[]... frames) {
        ByteBuffer seed = ByteBuffer.allocate(MOST);
        for (byte[] frame : frames) {
            seed.put(frame);
        }
        byte[] all = new byte[seed.position()];
        seed.flip().get(all);
        return Input.of(piece - 1, all);
    }

    /** Masked with zeros, so that changes of the text are changes of what is read. */
    private static byte[] frame(int first, String text) {
        byte[] payload =
                text.getBytes(first == 0x88 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
        byte[] header = Frames.header(first & 0x0F, payload.length);
        header[0] = (byte) first;
        header[1] |= (byte) 0x80;
        return ByteBuffer.allocate(header.length + 4 + payload.length)
                .put(header)
                .putInt(0)
                .put(payload)
                .array();
    }

    @Override
    public void read(byte[] input) {
        Input in = new Input(input);
        int piece = 1 + in.below(64);
        byte[] frames = in.rest();
        assertThat(heard(frames, piece)).isEqualTo(heard(frames, Math.max(1, frames.length)));
    }

    private static List<String> heard(byte[] frames, int piece) {
        FrameReader reader = new FrameReader(MOST);
        Ear ear = new Ear();
        try {
            for (int at = 0; at < frames.length; at += piece) {
                int length = Math.min(piece, frames.length - at);
                reader.read(ByteBuffer.wrap(frames, at, length), ear);
            }
        } catch (SocketFault fault) {
            ear.heard.add("fault " + fault.code() + " " + fault.reason());
        }
        return ear.heard;
    }
}
