package io.tapeline.ingestor.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.ingestor.connection.Sockets;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.OutgoingEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FrameReceiverTest {

    private static final int MAX_BYTES = 1 << 16;

    /** What was told, sent, demanded and completed, in order. */
    private final List<String> events = new ArrayList<>();

    private final FrameReceiver receiver =
            new FrameReceiver(
                    new Sockets.Listener() {
                        @Override
                        public void opened(Sockets.Socket socket) {
                            events.add("opened");
                        }

                        @Override
                        public void message(byte[] bytes, int from, int to, long receivedNanos) {
                            events.add(
                                    receivedNanos
                                            + " "
                                            + new String(
                                                    bytes,
                                                    from,
                                                    to - from,
                                                    StandardCharsets.UTF_8));
                        }

                        @Override
                        public void ended(String reason) {
                            events.add("ended " + reason);
                        }
                    },
                    MAX_BYTES,
                    Clock.fixed(Instant.ofEpochSecond(0, 7), ZoneOffset.UTC));

    @BeforeEach
    void open() {
        receiver.onOpen(
                new CoreSession.Empty() {
                    @Override
                    public void demand() {
                        events.add("demand");
                    }

                    @Override
                    public void sendFrame(OutgoingEntry entry) {
                        Frame frame = entry.getFrame();
                        events.add(OpCode.name(frame.getOpCode()) + frame.getPayloadAsUTF8());
                    }
                },
                Callback.NOOP);
        assertThat(events).containsExactly("opened", "demand");
        events.clear();
    }

    @Test
    void aMessageInOneFrameIsHandedOverFromWhereverItLies() {
        byte[] buffer = "..{\"a\":1}..".getBytes(StandardCharsets.UTF_8);
        take(new Frame(OpCode.TEXT, ByteBuffer.wrap(buffer, 2, 7).slice()));
        ByteBuffer direct = ByteBuffer.allocateDirect(7).put(buffer, 2, 7).flip();
        take(new Frame(OpCode.TEXT, direct));
        assertThat(events)
                .containsExactly(
                        "7 {\"a\":1}", "completed", "demand", "7 {\"a\":1}", "completed", "demand");
    }

    @Test
    void aMessageInSeveralFramesIsPutTogetherAlsoWithAPingBetweenThem() {
        take(frame(OpCode.TEXT, false, "ab"));
        take(frame(OpCode.PING, true, "1700000000000"));
        take(frame(OpCode.CONTINUATION, false, ""));
        take(frame(OpCode.CONTINUATION, true, "cd"));
        take(frame(OpCode.TEXT, true, "next"));
        assertThat(events)
                .containsExactly(
                        "completed",
                        "demand",
                        "PONG1700000000000",
                        "completed",
                        "demand",
                        "completed",
                        "demand",
                        "7 abcd",
                        "completed",
                        "demand",
                        "7 next",
                        "completed",
                        "demand");
    }

    @Test
    void aMessageThatBeginsWithAnEmptyFrameKeepsItsRest() {
        take(frame(OpCode.TEXT, false, ""));
        take(frame(OpCode.CONTINUATION, true, "rest"));
        assertThat(events).contains("7 rest");
    }

    @Test
    void aMessageLargerThanAllowedIsRefusedAndNothingMoreIsDemanded() {
        take(frame(OpCode.TEXT, false, "x".repeat(MAX_BYTES)));
        events.clear();
        take(frame(OpCode.CONTINUATION, true, "y"));
        assertThat(events)
                .containsExactly("failed message of more than " + MAX_BYTES + " bytes refused");
    }

    @Test
    void theEndIsToldOnce() {
        receiver.onError(new IllegalStateException("broken"), Callback.NOOP);
        receiver.onClosed(CloseStatus.NORMAL_STATUS, Callback.NOOP);
        assertThat(events).containsExactly("ended java.lang.IllegalStateException: broken");
    }

    private static Frame frame(byte opCode, boolean last, String payload) {
        return new Frame(opCode, last, payload);
    }

    private void take(Frame frame) {
        receiver.onFrame(
                frame,
                Callback.from(
                        () -> events.add("completed"),
                        failure -> events.add("failed " + failure.getMessage())));
    }
}
