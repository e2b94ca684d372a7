package io.tapeline.ingestor.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.ingestor.connection.Sockets;
import io.tapeline.ingestor.socket.JettySockets.SocketLimits;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The real client socket against bytes as a server would send them. */
class JettySocketsIT {

    private static final int MOST = 2 << 20;

    private final Heard heard = new Heard();

    @Test
    void aFrameOfAMegabyteArrivesWhole() throws Exception {
        byte[] array = miniTickers(1 << 20);
        try (ServerSide server = new ServerSide();
                JettySockets sockets = sockets(Duration.ofSeconds(30))) {
            sockets.connect(server.address(), heard);
            assertThat(heard.next()).isEqualTo("opened");
            server.send(array);
            assertThat(heard.next())
                    .isEqualTo(new String(array, StandardCharsets.UTF_8))
                    .hasSizeGreaterThan(1 << 20);
        }
    }

    @Test
    void aFrameBeyondWhatIsTakenIsToldAndEndsTheConnection() throws Exception {
        try (ServerSide server = new ServerSide();
                JettySockets sockets = sockets(Duration.ofSeconds(30))) {
            sockets.connect(server.address(), heard);
            assertThat(heard.next()).isEqualTo("opened");
            try {
                server.send(miniTickers(MOST));
            } catch (IOException cutOff) {
                assertThat(cutOff).isNotNull(); // the client may go before all is written
            }
            assertThat(heard.next()).isEqualTo("too large");
            assertThat(heard.next()).startsWith("ended").contains("MessageTooLarge");
        }
    }

    @Test
    void aConnectionThatFallsSilentEnds() throws Exception {
        try (ServerSide server = new ServerSide();
                JettySockets sockets = sockets(Duration.ofMillis(500))) {
            sockets.connect(server.address(), heard);
            assertThat(heard.next()).isEqualTo("opened");
            assertThat(heard.next()).startsWith("ended");
        }
    }

    /** The other side reads nothing, until the network's buffers are full. */
    @Test
    void aConnectionThatFallsSilentEndsAlsoWhileOurOwnMessagesCannotBeSent() throws Exception {
        try (ServerSide server = new ServerSide();
                JettySockets sockets = sockets(Duration.ofMillis(1_000))) {
            sockets.connect(server.address(), heard);
            assertThat(heard.next()).isEqualTo("opened");
            String message = "x".repeat(1 << 20);
            for (int sent = 0; sent < 32; sent++) {
                heard.socket().send(message);
            }
            assertThat(heard.next()).startsWith("ended");
        }
    }

    @Test
    void aRefusedUpgradeTellsItsStatusAndHowLongToWait() throws Exception {
        try (ServerSide server =
                        new ServerSide(
                                "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 17\r\n"
                                        + "Content-Length: 0\r\n\r\n");
                JettySockets sockets = sockets(Duration.ofSeconds(30))) {
            sockets.connect(server.address(), heard);
            assertThat(heard.next()).isEqualTo("refused 429 PT17S");
            assertThat(heard.next()).startsWith("ended");
        }
    }

    @Test
    void aServerThatIsNotThereIsNoRefusal() throws Exception {
        URI nowhere;
        try (ServerSide server = new ServerSide()) {
            nowhere = server.address();
        }
        try (JettySockets sockets = sockets(Duration.ofSeconds(30))) {
            sockets.connect(nowhere, heard);
            assertThat(heard.next()).startsWith("ended").contains("ConnectException");
        }
    }

    private static JettySockets sockets(Duration silence) {
        return JettySockets.start(
                "test-socket",
                new SocketLimits(MOST, Duration.ofSeconds(5), silence),
                Clock.systemUTC());
    }

    /** A little more than so many bytes. */
    private static byte[] miniTickers(int bytes) {
        StringBuilder array = new StringBuilder("{\"stream\":\"!miniTicker@arr\",\"data\":[");
        for (int pair = 0; array.length() < bytes; pair++) {
            array.append(pair == 0 ? "" : ",")
                    .append("{\"e\":\"24hrMiniTicker\",\"E\":1700000000000,\"s\":\"P")
                    .append(pair)
                    .append("USDT\",\"c\":\"1.0\",\"o\":\"1.0\",\"h\":\"1.0\",\"l\":\"1.0\"}");
        }
        return array.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static final class Heard implements Sockets.Listener {

        private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
        private volatile Sockets.Socket socket = new NoSocket();

        String next() throws InterruptedException {
            String event = events.poll(30, TimeUnit.SECONDS);
            return event == null ? "nothing" : event;
        }

        Sockets.Socket socket() {
            return socket;
        }

        @Override
        public void opened(Sockets.Socket opened) {
            socket = opened;
            events.add("opened");
        }

        @Override
        public void message(byte[] bytes, int from, int to, long receivedNanos) {
            events.add(new String(bytes, from, to - from, StandardCharsets.UTF_8));
        }

        @Override
        public void refused(int status, Duration retryAfter) {
            events.add("refused " + status + " " + retryAfter);
        }

        @Override
        public void tooLarge() {
            events.add("too large");
        }

        @Override
        public void ended(String reason) {
            events.add("ended " + reason);
        }
    }

    private static final class NoSocket implements Sockets.Socket {

        @Override
        public void send(String text) {
            throw new IllegalStateException("not open");
        }

        @Override
        public void close() {
            throw new IllegalStateException("not open");
        }
    }
}
