package io.tapeline.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeline.exchange.fault.ActiveFault;
import io.tapeline.exchange.fault.FaultScript;
import java.io.IOException;
import java.net.SocketException;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Faults of connections (A.8 points 1 to 3, 6, 18, 19, 20), over real sockets. */
class SocketFaultsIT {

    private static final String TRADES = "/ws/btcusdt@bookTicker";

    private SimulatedExchange exchange;

    @BeforeEach
    void start() throws IOException {
        exchange =
                SimulatedExchange.start(
                        SimulatorSettings.of(
                                        Source.Synthetic.demo()
                                                .withPairs(2)
                                                .withEventsPerSecond(2_000)
                                                .withBookLevels(100)
                                                .withHistory(Duration.ofHours(1)))
                                .withLimits(
                                        Limits.real()
                                                .withPings(
                                                        Duration.ofMillis(200),
                                                        Duration.ofMillis(600))));
    }

    @AfterEach
    void stop() {
        exchange.close();
    }

    private StreamClient connect(String path) {
        int before = exchange.connections().size();
        StreamClient client = StreamClient.connect(exchange, path);
        Await.until("it is open", () -> exchange.connections().size() > before);
        return client;
    }

    private void script(String text) {
        exchange.faults().run(FaultScript.parse(text));
    }

    private ActiveFault.Report report() {
        return exchange.faults().history().getLast();
    }

    @Test
    void lifetimeClosesWhatIsOlder() throws Exception {
        try (StreamClient client = connect(TRADES)) {
            script("lifetime after=300ms for=5s");
            assertThat(client.closeCode()).isEqualTo(1001);
            assertThat(report().struck()).containsKey("connection 1");
        }
    }

    @Test
    void serverShutdownIsToldInBothShapesAndThenCloses() throws Exception {
        try (StreamClient raw = connect(TRADES);
                StreamClient combined =
                        connect("/stream?streams=btcusdt@trade&timeUnit=microsecond")) {
            script("server-shutdown connection=all within=300ms seed=4");
            assertThat(raw.next(t -> t.contains("serverShutdown")))
                    .matches("\\{\"e\":\"serverShutdown\",\"E\":\\d{13}}");
            assertThat(combined.next(t -> t.contains("serverShutdown")))
                    .matches(
                            "\\{\"stream\":\"!serverShutdown\",\"data\":\\{\"e\":\"serverShutdown\",\"E\":\\d{16}}}");
            assertThat(raw.closeCode()).isEqualTo(1001);
            assertThat(combined.closeCode()).isEqualTo(1001);
            Await.until("it is over", () -> report().ended() != null);
        }
    }

    @Test
    void noPingsAreNotTheClientsFault() throws Exception {
        script("no-pings for=2s");
        try (StreamClient client = connect(TRADES)) {
            Await.until("pings are withheld", () -> report().strikes() >= 5);
            assertThat(exchange.connections()).hasSize(1);
            client.next();
            assertThat(exchange.judge().breaches()).isEmpty();
        }
    }

    @Test
    void pingTimeoutEndsAConnectionThatAnswersWell() throws Exception {
        try (StreamClient client = connect(TRADES)) {
            script("ping-timeout connection=newest");
            assertThat(client.closeCode()).isEqualTo(1008);
            assertThat(exchange.judge().breaches()).isEmpty();
        }
    }

    /** The fault is over before the exchange misses the answers that it lost. */
    @Test
    void pongsThatWereLostForAWhileAreNotTheClientsBreach() throws Exception {
        try (StreamClient client = connect(TRADES)) {
            script("ping-timeout connection=newest");
            Await.until("pongs are lost for so long", () -> report().strikes() >= 2);
            exchange.faults().clear();
            Await.until("it is over", () -> exchange.faults().active() == 0);
            client.within(Duration.ofSeconds(1));
            assertThat(exchange.judge().breaches()).isEmpty();
        }
    }

    @Test
    void halfOpenIsSilentWithoutAnEnd() throws Exception {
        try (StreamClient other = connect(TRADES);
                RawSocket frozen = RawSocket.connect(exchange, TRADES)) {
            Await.until("both are open", () -> exchange.connections().size() == 2);
            script("half-open connection=newest for=1500ms");
            frozen.drain(300);
            assertThat(frozen.drain(400)).isZero();
            assertThat(frozen.ended()).isFalse();
            other.next();
            Await.until("it is over", () -> exchange.connections().size() == 1);
        }
    }

    @Test
    void dropAllEndsEverySocketAtOnce() throws Exception {
        try (StreamClient one = connect(TRADES);
                StreamClient other = connect(TRADES)) {
            script("drop-all how=close");
            assertThat(List.of(one.closeCode(), other.closeCode())).containsExactly(1001, 1001);
        }
    }

    @Test
    void dropResetsOneSocket() throws Exception {
        try (StreamClient other = connect(TRADES);
                RawSocket dropped = RawSocket.connect(exchange, TRADES)) {
            Await.until("both are open", () -> exchange.connections().size() == 2);
            script("drop connection=newest how=reset");
            assertThatThrownBy(() -> dropped.drain(5_000)).isInstanceOf(SocketException.class);
            Await.until("one is left", () -> exchange.connections().size() == 1);
            other.next();
        }
    }

    @Test
    void slowSocketsFallBehind() throws Exception {
        try (StreamClient client = connect(TRADES)) {
            client.next();
            script("slow connection=newest rate=2000 for=10s");
            client.within(Duration.ofMillis(200));
            int bytes =
                    client.within(Duration.ofSeconds(1)).stream().mapToInt(String::length).sum();
            assertThat(bytes).isBetween(200, 6_000);
            assertThat(exchange.connections().getFirst().framesWaiting()).isPositive();
        }
    }

    @Test
    void connectsCanBeRefusedForAWhile() {
        script("refuse-connects status=429 count=2");
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> StreamClient.connect(exchange, "/ws"))
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            WebSocketHandshakeException.class,
                            e -> statuses.add(e.getResponse().statusCode()));
        }
        assertThat(statuses).containsExactly(429, 429);
        connect("/ws").close();
    }

    private static final String SUBSCRIBE =
            "{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@bookTicker\",\"ethusdt@bookTicker\"],\"id\":9}";

    @Test
    void lateAckComesAfterTheFirstEvents() throws Exception {
        script("late-ack by=500ms");
        try (StreamClient client = connect("/ws")) {
            client.send(SUBSCRIBE);
            assertThat(client.next()).startsWith("{\"u\":");
            assertThat(client.next(t -> t.contains("result")))
                    .isEqualTo("{\"result\":null,\"id\":9}");
        }
    }

    @Test
    void noAckNeverComesThoughTheEventsDo() throws Exception {
        script("no-ack stream=btcusdt@*");
        try (StreamClient client = connect("/ws")) {
            client.send(SUBSCRIBE);
            client.next(20, t -> t.startsWith("{\"u\":"));
            assertThat(client.within(Duration.ofMillis(300))).noneMatch(t -> t.contains("result"));
        }
    }

    @Test
    void partialAckLeavesStreamsOut() throws Exception {
        script("partial-ack keep=1");
        try (StreamClient client = connect("/ws")) {
            client.send(SUBSCRIBE);
            assertThat(client.next(t -> t.contains("result")))
                    .isEqualTo("{\"result\":null,\"id\":9}");
            assertThat(exchange.connections().getFirst().streams())
                    .containsExactly("btcusdt@bookTicker");
        }
    }

    @Test
    void errorAnswersHaveTwoShapes() throws Exception {
        script("error-answer shape=wrapped\nerror-answer shape=plain");
        try (StreamClient client = connect("/ws")) {
            client.send(SUBSCRIBE);
            assertThat(client.next())
                    .isEqualTo(
                            "{\"error\":{\"code\":2,\"msg\":\"Invalid request: invalid"
                                    + " stream\"},\"id\":9}");
            client.send(SUBSCRIBE);
            assertThat(client.next())
                    .isEqualTo("{\"code\":2,\"msg\":\"Invalid request: invalid stream\"}");
            assertThat(exchange.connections().getFirst().streams()).isEmpty();
            client.send(SUBSCRIBE);
            assertThat(client.next(t -> t.contains("result"))).contains("\"id\":9");
        }
    }
}
