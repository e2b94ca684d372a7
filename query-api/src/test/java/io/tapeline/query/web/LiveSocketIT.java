package io.tapeline.query.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.query.Api;
import io.tapeline.query.Await;
import io.tapeline.query.routing.FakeAggregator;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is said over {@code /v1/ws}, and what becomes of those who say or take it badly. */
final class LiveSocketIT {

    private static final String SUBSCRIBE =
            "{\"op\":\"subscribe\",\"types\":[\"price\",\"depth\"],"
                    + "\"instruments\":[\"binance:BTCUSDT\"],\"id\":7}";

    private static final byte[] HANDSHAKE =
            ("GET /v1/ws HTTP/1.1\r\nHost: localhost\r\nConnection: keep-alive, Upgrade\r\n"
                            + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);

    @TempDir Path directory;

    private final FakeAggregator aggregator = LiveFixture.aggregator();
    private Api api;

    @BeforeEach
    void start() {
        api =
                Api.over(
                        directory,
                        aggregator,
                        "--tapeline.socket.connections=3",
                        "--tapeline.socket.subscriptions=4",
                        "--tapeline.socket.messages-per-second=40",
                        "--tapeline.socket.takes-within=2s",
                        "--tapeline.socket.ping-every=1s");
    }

    @AfterEach
    void stop() {
        api.close();
        aggregator.close();
    }

    @Test
    void aClientSubscribesListsUnsubscribesAndPings() throws Exception {
        try (SocketClient client = new SocketClient(api.port())) {
            assertThat(client.ask(SUBSCRIBE))
                    .hasToString(
                            "{\"event\":\"answer\",\"id\":7,\"op\":\"subscribe\","
                                    + "\"subscriptions\":2}");
            assertThat(client.next("depth").get("kind").asString()).isEqualTo("snapshot");
            aggregator.feeds().tell(LiveFixture.delta(11, 1));
            assertThat(client.next("depth"))
                    .hasToString(
                            "{\"kind\":\"delta\",\"venue\":\"binance\",\"symbol\":\"BTCUSDT\","
                                    + "\"firstUpdateId\":11,\"previousUpdateId\":10,"
                                    + "\"updateId\":11,\"eventTime\":\"2026-01-01T00:00:00.001Z\","
                                    + "\"bids\":[[\"99000\",\"11\"]],\"asks\":[]}");
            aggregator.feeds().tell(LiveFixture.price(2));
            assertThat(client.next("price").get("price").asString()).isEqualTo("2");
            assertThat(client.ask("{\"op\":\"list\"}"))
                    .hasToString(
                            "{\"event\":\"answer\",\"id\":null,\"op\":\"list\",\"items\":["
                                    + "{\"type\":\"price\",\"instrument\":\"binance:BTCUSDT\"},"
                                    + "{\"type\":\"depth\",\"instrument\":\"binance:BTCUSDT\"}],"
                                    + "\"subscriptions\":2}");
            assertThat(client.ask(SUBSCRIBE.replace("subscribe", "unsubscribe")))
                    .hasToString(
                            "{\"event\":\"answer\",\"id\":7,\"op\":\"unsubscribe\","
                                    + "\"subscriptions\":0}");
            aggregator.feeds().tell(LiveFixture.delta(12, 1));
            JsonNode pong = client.ask("{\"op\":\"ping\",\"id\":\"x\"}");
            assertThat(pong.get("id").asString()).isEqualTo("x");
            assertThat(pong.get("time").asString()).endsWith("Z");
            client.socket().sendPing(ByteBuffer.wrap(new byte[] {1})).join();
            assertThat(client.ponged()).isTrue();
            client.socket().sendClose(4_000, "enough").join();
            assertThat(client.closed()).startsWith("4000");
        }
    }

    @Test
    void aProblemSaysWhatIsWrongAndWhatIsAllowed() throws Exception {
        try (SocketClient client = new SocketClient(api.port())) {
            assertProblem(client, "nonsense", "message");
            assertProblem(client, "[]", "message");
            assertProblem(client, "{}", "op");
            assertProblem(client, "{\"op\":\"buy\"}", "op");
            assertProblem(client, "{\"op\":3}", "op");
            assertProblem(client, "{\"op\":\"\\ud83d\"}", "op");
            assertProblem(client, "{\"op\":\"" + "x".repeat(79) + "\uD83D\uDE00\"}", "op");
            assertProblem(client, "{\"op\":\"list\",\"limti\":1}", "message");
            assertProblem(client, "{\"op\":\"list\",\"id\":{}}", "id");
            assertProblem(client, "{\"op\":\"subscribe\"}", "types");
            assertProblem(client, "{\"op\":\"subscribe\",\"types\":[]}", "types");
            assertProblem(client, "{\"op\":\"subscribe\",\"types\":[\"trade\"]}", "types");
            assertProblem(client, "{\"op\":\"subscribe\",\"types\":[\"depth\"]}", "instruments");
            assertProblem(
                    client,
                    "{\"op\":\"subscribe\",\"types\":[\"price\"],\"instruments\":[\"BTC\"]}",
                    "instruments");
            assertProblem(
                    client,
                    "{\"op\":\"subscribe\",\"types\":[\"price\"],\"instruments\":[1]}",
                    "instruments");
            JsonNode unknown =
                    client.ask(
                            "{\"op\":\"subscribe\",\"types\":[\"price\"],"
                                    + "\"instruments\":[\"binance:NOSUCH\"],\"id\":1}");
            assertThat(unknown.get("problem").get("type").asString())
                    .isEqualTo("urn:tapeline:unknown-instrument");
            assertThat(unknown.get("id").asInt()).isEqualTo(1);
            assertProblem(
                    client,
                    "{\"op\":\"subscribe\",\"types\":[\"price\"],\"instruments\":[\"binance:A\","
                            + "\"binance:B\",\"binance:C\",\"binance:D\",\"binance:E\"]}",
                    "instruments");
            assertThat(client.ask("{\"op\":\"list\"}").get("subscriptions").asInt()).isZero();
        }
    }

    private static void assertProblem(SocketClient client, String message, String parameter)
            throws InterruptedException {
        JsonNode answer = client.ask(message);
        assertThat(answer.get("event").asString()).as(message).isEqualTo("problem");
        assertThat(answer.get("problem").get("parameter").asString())
                .as(message)
                .isEqualTo(parameter);
        assertThat(answer.get("problem").get("allowed").asString()).as(message).isNotEmpty();
    }

    @Test
    void whoBreaksARuleIsLetGoWithTheReason() throws Exception {
        try (SocketClient client = new SocketClient(api.port())) {
            client.socket().sendBinary(ByteBuffer.wrap(new byte[3]), true).join();
            assertThat(client.closed()).isEqualTo("1003 messages are text");
        }
        try (SocketClient client = new SocketClient(api.port())) {
            client.say("x".repeat(33_000));
            assertThat(client.closed()).isEqualTo("1009 a message may have 32768 bytes at most");
        }
        try (SocketClient client = new SocketClient(api.port())) {
            CompletableFuture<?> said = CompletableFuture.completedFuture(null);
            for (int i = 0; i < 200; i++) {
                said = said.thenCompose(_ -> client.socket().sendText("{\"op\":\"list\"}", true));
            }
            // The last ones find the connection closed.
            assertThat(said.handle((_, _) -> true).join()).isTrue();
            assertThat(client.closed()).isEqualTo("1008 more than 40 messages a second");
        }
    }

    @Test
    void connectionsAreBoundedAndTheHandshakeIsChecked() throws Exception {
        assertThat(api.get("/v1/ws").statusCode()).isEqualTo(400);
        assertThat(api.get("/v1/ws").body()).contains("\"parameter\":\"handshake\"");
        try (SocketClient _ = new SocketClient(api.port());
                SocketClient _ = new SocketClient(api.port());
                SocketClient _ = new SocketClient(api.port());
                RawSocket fourth = new RawSocket(api.port(), 0)) {
            assertThat(fourth.status()).startsWith("HTTP/1.1 503");
        }
        Await.until("room again", () -> opens());
    }

    private boolean opens() {
        try (RawSocket socket = new RawSocket(api.port(), 0)) {
            return socket.status().startsWith("HTTP/1.1 101");
        } catch (IOException e) {
            return false;
        }
    }

    /** Their answers cannot be written. */
    @Test
    void whoIsGoneBeforeTheHandshakeIsAnsweredKeepsNoPlace() throws Exception {
        for (int i = 0; i < 30; i++) {
            try (Socket gone = new Socket("127.0.0.1", api.port())) {
                gone.setSoLinger(true, 0);
                gone.getOutputStream().write(HANDSHAKE);
            }
        }
        Await.until("room again", () -> opens());
    }

    @Test
    void whoIsSlowForAWhileIsToldTheBookAnewAndMissesNothing() throws Exception {
        try (RawSocket slow = new RawSocket(api.port(), 4_096);
                SocketClient quick = new SocketClient(api.port())) {
            quick.ask(SUBSCRIBE);
            slow.say(SUBSCRIBE);
            assertThat(quick.next("depth").get("updateId").asLong()).isEqualTo(10);
            Await.until("both are subscribed", () -> slow.isAnswered());
            int last = 10;
            while (last < 4_000) {
                last++;
                aggregator.feeds().tell(LiveFixture.delta(last, 150));
            }
            JsonNode newest = quick.next("depth");
            while (newest.path("updateId").asLong() != last) {
                newest = quick.next("depth");
            }
            List<String> kinds = new ArrayList<>();
            long id = -1;
            while (id != last) {
                JsonNode event = slow.next();
                if (!event.get("event").asString().equals("depth")) {
                    continue;
                }
                JsonNode depth = event.get("data");
                String kind = depth.get("kind").asString();
                kinds.add(kind);
                switch (kind) {
                    case "snapshot" -> id = depth.get("updateId").asLong();
                    case "delta" -> {
                        assertThat(depth.get("previousUpdateId").asLong()).isEqualTo(id);
                        id = depth.get("updateId").asLong();
                    }
                    default -> assertThat(kind).isEqualTo("resync");
                }
            }
            assertThat(kinds).contains("resync");
            assertThat(kinds.get(kinds.indexOf("resync") + 1)).isEqualTo("snapshot");
        }
    }

    @Test
    void whoTakesNothingOrGivesNoSignOfLifeIsLetGo() throws Exception {
        try (RawSocket silent = new RawSocket(api.port(), 0);
                RawSocket stuck = new RawSocket(api.port(), 4_096)) {
            stuck.say(SUBSCRIBE);
            Await.until("followed", () -> aggregator.feeds().begun().size() >= 2);
            for (int id = 11; id < 4_000; id++) {
                aggregator.feeds().tell(LiveFixture.delta(id, 150));
            }
            assertThat(silent.closed()).isEqualTo("1008 no sign of life");
            Await.until(
                    "the one that takes nothing is gone",
                    () ->
                            api.manage("/actuator/metrics/tapeline.socket.let.go")
                                    .body()
                                    .contains("\"value\":1.0"));
        }
    }

    @Test
    void atShutdownEverybodyIsToldToGo() throws Exception {
        try (SocketClient client = new SocketClient(api.port())) {
            client.ask(SUBSCRIBE);
            api.close();
            assertThat(client.closed()).isEqualTo("1001 the service shuts down: connect again");
        }
    }

    /** Reads when it is told to, and answers no ping. */
    private static final class RawSocket implements AutoCloseable {

        private final Socket socket = new Socket();
        private final DataInputStream in;
        private final String status;

        RawSocket(int port, int receiveBytes) throws IOException {
            if (receiveBytes > 0) {
                socket.setReceiveBufferSize(receiveBytes);
            }
            socket.setSoTimeout(20_000);
            socket.connect(new InetSocketAddress("127.0.0.1", port));
            socket.getOutputStream().write(HANDSHAKE);
            in = new DataInputStream(socket.getInputStream());
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.readByte());
            }
            status = head.toString();
            if (status.startsWith("HTTP/1.1 101")) {
                assertThat(status).contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
            }
        }

        String status() {
            return status;
        }

        boolean isAnswered() {
            try {
                return in.available() > 0;
            } catch (IOException e) {
                return false;
            }
        }

        void say(String message) throws IOException {
            byte[] text = message.getBytes(StandardCharsets.UTF_8);
            ByteBuffer frame = ByteBuffer.allocate(text.length + 8);
            frame.put((byte) 0x81)
                    .put((byte) (0x80 | 126))
                    .putShort((short) text.length)
                    .putInt(0)
                    .put(text);
            socket.getOutputStream().write(frame.array());
        }

        JsonNode next() throws IOException {
            byte[] payload = frame(1);
            if (payload == null) {
                throw new EOFException("closed");
            }
            return JsonMapper.shared().readTree(payload);
        }

        /** Null at the end; others than the wanted are passed over. */
        private byte @Nullable [] frame(int opcode) throws IOException {
            while (true) {
                int first = in.read();
                if (first < 0) {
                    return null;
                }
                int length = in.readByte() & 0x7F;
                length =
                        length == 126
                                ? in.readUnsignedShort()
                                : length == 127 ? (int) in.readLong() : length;
                byte[] payload = in.readNBytes(length);
                if ((first & 0x0F) == opcode) {
                    return payload;
                }
            }
        }

        /** Code and reason; what comes before is passed over. */
        String closed() throws IOException {
            byte[] payload = frame(8);
            if (payload == null) {
                return "without a word";
            }
            ByteBuffer close = ByteBuffer.wrap(payload);
            return close.getShort() + " " + StandardCharsets.UTF_8.decode(close);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
