package io.tapeline.query.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ExchangeIT {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final String END = "<end>";
    private static final String HALF = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf";
    private static final Duration LONG = Duration.ofSeconds(30);

    private static final Duration SHORT = Duration.ofMillis(50);

    private final Instance instance = new Instance();
    private final Exchange exchange = new Exchange(LONG);

    /** Answers each path what it is told to, whenever it is told; after {@link #END} it ends. */
    private static final class Instance implements AutoCloseable {
        private final ServerSocket server;
        private final Map<String, BlockingQueue<String>> answers = new ConcurrentHashMap<>();
        private final List<Socket> connections = new CopyOnWriteArrayList<>();
        private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();

        Instance() {
            try {
                server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            } catch (IOException e) {
                throw new IllegalStateException("no socket", e);
            }
            Thread.ofVirtual().start(this::accept);
        }

        Address address() {
            return new Address("127.0.0.1", server.getLocalPort());
        }

        BlockingQueue<String> on(String path) {
            return answers.computeIfAbsent(path, _ -> new LinkedBlockingQueue<>());
        }

        private void accept() {
            try {
                while (true) {
                    Socket socket = server.accept();
                    connections.add(socket);
                    Thread.ofVirtual().start(() -> answer(socket));
                }
            } catch (IOException e) {
                asked.add("closed");
            }
        }

        private void answer(Socket socket) {
            try (socket) {
                BufferedReader in =
                        new BufferedReader(
                                new InputStreamReader(
                                        socket.getInputStream(), StandardCharsets.US_ASCII));
                while (true) {
                    StringBuilder question = new StringBuilder();
                    for (String line = in.readLine(); !"".equals(line); line = in.readLine()) {
                        if (line == null) {
                            return;
                        }
                        question.append(line).append('\n');
                    }
                    asked.add(question.toString());
                    String answer = on(question.toString().split(" ", -1)[1]).take();
                    socket.getOutputStream()
                            .write(answer.replace(END, "").getBytes(StandardCharsets.US_ASCII));
                    if (answer.endsWith(END)) {
                        return;
                    }
                }
            } catch (IOException | InterruptedException e) {
                asked.add("ended");
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
            for (Socket socket : connections) {
                socket.close();
            }
        }
    }

    @AfterEach
    void close() throws IOException {
        exchange.close();
        instance.close();
    }

    private String get(String path, Duration within) throws IOException {
        return exchange.get(instance.address(), path, within).text();
    }

    @Test
    void questionsFollowOneAnotherOverOneConnection() throws Exception {
        instance.on("/a?b=c").addAll(List.of(OK, OK, OK));
        for (int i = 0; i < 3; i++) {
            assertThat(get("/a?b=c", LONG)).isEqualTo("ok");
        }
        assertThat(instance.connections).hasSize(1);
        assertThat(instance.asked.poll())
                .isEqualTo(
                        "GET /a?b=c HTTP/1.1\nHost: "
                                + instance.address()
                                + "\nAccept: application/x-protobuf\n");
    }

    @Test
    void aConnectionThatEndedMeanwhileCostsNoQuestion() throws Exception {
        instance.on("/").addAll(List.of(OK, END, OK));
        assertThat(get("/", LONG)).isEqualTo("ok");
        assertThat(get("/", LONG)).isEqualTo("ok");
        assertThat(instance.connections).hasSize(2);
    }

    @Test
    void aConnectionThatIsNewAndEndsIsNotAskedAgain() {
        instance.on("/").addAll(List.of(END, OK));
        assertThatThrownBy(() -> get("/", LONG)).isInstanceOf(IOException.class);
        assertThat(instance.connections).hasSize(1);
    }

    @Test
    void anAnswerThatBreaksOffIsNotAskedForAgain() throws Exception {
        instance.on("/").addAll(List.of(OK, HALF + END, OK));
        assertThat(get("/", LONG)).isEqualTo("ok");
        assertThatThrownBy(() -> get("/", LONG)).isInstanceOf(IOException.class);
        assertThat(instance.connections).hasSize(1);
    }

    @Test
    void whoHangsBeforeOrWithinItsAnswerIsWaitedForNoLongerThanWasSaid() {
        assertThatThrownBy(() -> get("/before", SHORT)).isInstanceOf(SocketTimeoutException.class);
        instance.on("/within").add(HALF);
        assertThatThrownBy(() -> get("/within", SHORT)).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void anAnswerThatComesTooLateIsNotTakenForTheNextQuestions() throws Exception {
        assertThatThrownBy(() -> get("/late", SHORT)).isInstanceOf(SocketTimeoutException.class);
        instance.on("/late").add(OK.replace("ok", "no"));
        instance.on("/next").add(OK);
        assertThat(get("/next", LONG)).isEqualTo("ok");
        assertThat(instance.connections).hasSize(2);
    }

    @Test
    void whatIsAskedEndsWhenTheExchangeIsClosed() throws Exception {
        CompletableFuture<String> asked = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        asked.complete(get("/", LONG));
                    } catch (IOException e) {
                        asked.completeExceptionally(e);
                    }
                });
        instance.asked.take();
        exchange.close();
        assertThatThrownBy(() -> asked.get(30, TimeUnit.SECONDS))
                .hasRootCauseInstanceOf(IOException.class);
        assertThatThrownBy(() -> get("/after", LONG)).isInstanceOf(IOException.class);
    }

    @Test
    void aPathThatWouldBeMoreThanOneLineIsRefused() {
        assertThatThrownBy(() -> get("/a\r\nX: y", LONG))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("percent-encoded");
    }
}
