package io.tapeline.query.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What clients may send, in pieces, and what they may not. */
final class FrameReaderTest {

    private static final byte[] MASK = {1, 2, 3, 4};

    private final List<String> heard = new ArrayList<>();
    private final FrameReader reader = new FrameReader(1_000);
    private final FrameReader.Receiver receiver =
            new FrameReader.Receiver() {
                @Override
                public void text(String message) {
                    heard.add("text " + message);
                }

                @Override
                public void ping(byte[] payload) {
                    heard.add("ping " + payload.length);
                }

                @Override
                public void pong() {
                    heard.add("pong");
                }

                @Override
                public void closing(int code) {
                    heard.add("close " + code);
                }
            };

    private static byte[] masked(int first, byte[] payload) {
        byte[] header = Frames.header(first & 0x0F, payload.length);
        header[0] = (byte) first;
        header[1] |= (byte) 0x80;
        ByteBuffer frame = ByteBuffer.allocate(header.length + MASK.length + payload.length);
        frame.put(header).put(MASK);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ MASK[i % 4]));
        }
        return frame.array();
    }

    private static byte[] masked(int first, String payload) {
        return masked(first, payload.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] joined(byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(Arrays.stream(parts).mapToInt(p -> p.length).sum());
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }

    private void read(byte[] bytes) throws SocketFault {
        reader.read(ByteBuffer.wrap(bytes), receiver);
    }

    @Test
    void messagesAreReadHoweverTheyArriveInPieces() throws SocketFault {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] all =
                joined(
                        masked(0x81, "hi"),
                        masked(0x01, "a"),
                        masked(0x89, "?"),
                        masked(0x00, "b"),
                        masked(0x80, "\u20AC"),
                        masked(0x8A, ""),
                        masked(0x81, "x".repeat(300)),
                        masked(0x88, new byte[] {3, (byte) 0xE8}));
        for (int run = 0; run < 200; run++) {
            heard.clear();
            int at = 0;
            while (at < all.length) {
                int length = Math.min(all.length - at, 1 + random.nextInt(20));
                read(Arrays.copyOfRange(all, at, at + length));
                at += length;
            }
            assertThat(heard)
                    .as("seed %s", seed)
                    .containsExactly(
                            "text hi",
                            "ping 1",
                            "text ab\u20AC",
                            "pong",
                            "text " + "x".repeat(300),
                            "close 1000");
        }
    }

    private void assertFault(CloseCode code, byte[] bytes) {
        assertThatThrownBy(() -> new FrameReader(1_000).read(ByteBuffer.wrap(bytes), receiver))
                .isInstanceOfSatisfying(
                        SocketFault.class, fault -> assertThat(fault.code()).isEqualTo(code));
    }

    @Test
    void whatIsNoneOfTheProtocolsEndsWithItsCode() {
        assertFault(CloseCode.PROTOCOL_ERROR, Frames.control(Frames.PING, new byte[0]));
        assertFault(CloseCode.PROTOCOL_ERROR, masked(0xC1, "compressed"));
        assertFault(CloseCode.PROTOCOL_ERROR, masked(0x80, "goes on"));
        assertFault(CloseCode.PROTOCOL_ERROR, masked(0x09, "a ping in pieces"));
        assertFault(CloseCode.PROTOCOL_ERROR, masked(0x89, "x".repeat(126)));
        assertFault(CloseCode.PROTOCOL_ERROR, masked(0x83, "unknown"));
        assertFault(
                CloseCode.PROTOCOL_ERROR,
                joined(masked(0x01, "a"), masked(0x81, "within another")));
        assertFault(CloseCode.UNSUPPORTED, masked(0x82, "binary"));
        assertFault(CloseCode.BAD_TEXT, masked(0x81, new byte[] {(byte) 0xFF}));
        assertFault(CloseCode.TOO_BIG, masked(0x81, "x".repeat(1_001)));
        assertFault(
                CloseCode.TOO_BIG,
                joined(masked(0x01, "x".repeat(600)), masked(0x80, "x".repeat(600))));
        assertFault(CloseCode.PROTOCOL_ERROR, masked(0x88, "x"));
        assertFault(CloseCode.PROTOCOL_ERROR, masked(0x88, new byte[] {3, (byte) 0xED}));
        assertFault(CloseCode.BAD_TEXT, masked(0x88, new byte[] {3, (byte) 0xE8, (byte) 0xFF}));
        byte[] endless = {(byte) 0x81, (byte) 0xFF, -1, -1, -1, -1, -1, -1, -1, -1};
        assertFault(CloseCode.TOO_BIG, endless);
    }

    /** Added to what was there before, the length would be negative. */
    @Test
    void aPieceAsLongAsCanBeSaidIsTooBig() {
        byte[] longest = {(byte) 0x80, (byte) 0xFF, 127, -1, -1, -1, -1, -1, -1, -1, 1, 2, 3, 4};
        assertFault(CloseCode.TOO_BIG, joined(masked(0x01, "a"), longest));
    }

    @Test
    void aPingWithinALongMessageIsNoPartOfIt() throws SocketFault {
        read(
                joined(
                        masked(0x01, "x".repeat(999)),
                        masked(0x89, "y".repeat(125)),
                        masked(0x80, "x")));
        assertThat(heard).containsExactly("ping 125", "text " + "x".repeat(1_000));
    }

    @Test
    void aReasonIsCutWhereAFrameEndsAndNotWithinACharacter() {
        byte[] frame = Frames.close(1008, "\u20AC".repeat(60));
        assertThat(frame[1]).isEqualTo((byte) 125);
        frame = Frames.close(1008, "x" + "\u20AC".repeat(60));
        assertThat(frame[1]).isEqualTo((byte) (2 + 1 + 40 * 3));
    }

    @Test
    void aPaceAllowsTwoSecondsAtOnceAndThenSoManyASecond() {
        Pace pace = new Pace(2, 0);
        for (int i = 0; i < 4; i++) {
            assertThat(pace.take(0)).isTrue();
        }
        assertThat(pace.take(1)).isFalse();
        assertThat(pace.take(500_000_001)).isTrue();
        assertThat(pace.take(500_000_002)).isFalse();
    }
}
