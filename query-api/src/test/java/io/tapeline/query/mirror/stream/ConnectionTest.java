package io.tapeline.query.mirror.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.query.Await;
import io.tapeline.query.mirror.TimeUnitAsked;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What becomes of a client that does not keep up, or does not answer. */
final class ConnectionTest {

    private static final long SECOND = 1_000_000_000L;

    /** Remembers what is written to it; may be held up. */
    private static final class RecordingSocket implements Socket {
        private final BlockingQueue<String> written = new LinkedBlockingQueue<>();
        private final CountDownLatch released;

        RecordingSocket(boolean held) {
            released = new CountDownLatch(held ? 1 : 0);
        }

        @Override
        public void text(String text) {
            hold();
            written.add(text);
        }

        private void hold() {
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void ping(byte[] payload) {
            written.add("ping " + new String(payload, StandardCharsets.UTF_8));
        }

        @Override
        public void close(int code, String reason) {
            written.add("close " + code + " " + reason);
            released.countDown();
        }

        String next() throws InterruptedException {
            String next = written.poll(20, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("nothing was written");
            }
            return next;
        }
    }

    private final FakeMarket market = new FakeMarket();
    private final StreamHub hub = new StreamHub(market, _ -> true);
    private final StreamCounts counts = new StreamCounts();

    private Connection connect(RecordingSocket socket, int queued) {
        Connection connection =
                new Connection(
                        socket,
                        hub,
                        counts,
                        new Handshake.Wanted(List.of(), false, TimeUnitAsked.MILLISECOND),
                        queued,
                        0);
        connection.open(List.of(StreamName.parse("btcusdt@depth").orElseThrow()));
        return connection;
    }

    private static StreamEvent event(int number) {
        return new StreamEvent("s", out -> out.number(number));
    }

    @Test
    void aSlowReaderIsLetGoWithAReason() throws InterruptedException {
        RecordingSocket socket = new RecordingSocket(true);
        Connection connection = connect(socket, 10);
        for (int i = 0; i < 12; i++) {
            connection.offer(event(i));
        }
        assertThat(socket.next())
                .isEqualTo("close 1008 Too slow: more waits to be read than is allowed.");
        Await.until("it listens to nothing any more", () -> market.watches() == 0);
        assertThat(counts.slowOnes()).isEqualTo(1);
        assertThat(hub.streams()).isZero();
    }

    @Test
    void whatWaitsIsWrittenInOrder() throws InterruptedException {
        RecordingSocket socket = new RecordingSocket(false);
        Connection connection = connect(socket, 10);
        connection.offer(event(1));
        connection.say("words");
        connection.drain("last words");
        assertThat(List.of(socket.next(), socket.next(), socket.next(), socket.next()))
                .containsExactly(
                        "1", "words", "last words", "close 1001 The server is shutting down.");
    }

    @Test
    void aClientIsPingedAndOneThatDoesNotAnswerIsLetGo() throws InterruptedException {
        RecordingSocket socket = new RecordingSocket(false);
        Connection connection = connect(socket, 10);
        connection.keep(19 * SECOND, 19_000);
        connection.keep(20 * SECOND, 20_000);
        assertThat(socket.next()).isEqualTo("ping 20000");
        connection.pong(ByteBuffer.wrap("20000".getBytes(StandardCharsets.UTF_8)), 21 * SECOND);
        connection.keep(40 * SECOND, 40_000);
        assertThat(socket.next()).isEqualTo("ping 40000");
        connection.pong(ByteBuffer.wrap("other".getBytes(StandardCharsets.UTF_8)), 41 * SECOND);
        connection.keep(60 * SECOND, 60_000);
        connection.keep(80 * SECOND, 80_000);
        connection.keep(99 * SECOND, 99_000);
        assertThat(List.of(socket.next(), socket.next()))
                .containsExactly("ping 60000", "ping 80000");
        connection.keep(100 * SECOND, 100_000);
        assertThat(socket.next()).isEqualTo("close 1008 Pong timeout");
        assertThat(counts.silentOnes()).isEqualTo(1);
    }

    @Test
    void fiveMessagesWithinAnySecondAreAllowed() {
        MessageRate rate = new MessageRate(5);
        for (int i = 0; i < 5; i++) {
            assertThat(rate.allows(i * SECOND / 10)).isTrue();
        }
        assertThat(rate.allows(SECOND)).as("the first is a second old").isTrue();
        assertThat(rate.allows(SECOND + 1)).as("the second is not").isFalse();
    }
}
