package io.tapeline.query.mirror.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.query.Await;
import io.tapeline.query.follow.BookRange;
import io.tapeline.query.follow.LiveEvent;
import io.tapeline.query.follow.LiveState;
import io.tapeline.query.history.Minutes;
import io.tapeline.query.socket.SocketSettings;
import io.tapeline.query.socket.Sockets;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.market.Origin;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import io.tapeline.schemas.market.Ticker;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The exchange's streams over real sockets, of a market that the test tells. */
final class StreamMirrorIT {

    private static final Instrument BTC = Instrument.binance("BTCUSDT");
    private static final EpochMicros EVENT = new EpochMicros(1_723_161_601_500_250L);

    @TempDir private static Path directory;

    private static final EarlierMinutes NO_MINUTES =
            (_, _, _, _, _) -> {
                throw new AssertionError("nobody here asks for minutes");
            };

    private final FakeMarket market = new FakeMarket();
    private final Set<Instrument> listed = ConcurrentHashMap.newKeySet();
    private final StreamCounts counts = new StreamCounts();
    private final Talks talks =
            new Talks(
                    new StreamHub(market, listed::contains, NO_MINUTES),
                    new StreamSettings(100, Duration.ofSeconds(2)),
                    counts,
                    Clock.systemUTC());
    private final Sockets sockets =
            new Sockets(
                    new SocketSettings(
                            3, 128 << 10, 10, Duration.ofSeconds(10), Duration.ofSeconds(20)));
    private final Tomcat tomcat = new Tomcat();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<StreamClient> clients = new ArrayList<>();

    @BeforeEach
    void start() throws LifecycleException {
        listed.add(BTC);
        tomcat.setBaseDir(directory.toString());
        tomcat.setPort(0);
        Context context = tomcat.addContext("", directory.toString());
        Tomcat.addServlet(context, "streams", new StreamServlet(sockets, talks));
        for (String path : List.of("/ws", "/ws/*", "/stream")) {
            context.addServletMappingDecoded(path, "streams");
        }
        var _ = tomcat.getConnector();
        tomcat.start();
        talks.start();
    }

    @AfterEach
    void stop() throws LifecycleException {
        clients.forEach(StreamClient::close);
        talks.close();
        sockets.close();
        http.shutdownNow();
        tomcat.stop();
        tomcat.destroy();
    }

    private URI address(String scheme, String path) {
        return URI.create(scheme + "://127.0.0.1:" + tomcat.getConnector().getLocalPort() + path);
    }

    private StreamClient open(String path) {
        StreamClient client = new StreamClient(http, address("ws", path));
        clients.add(client);
        return client;
    }

    private void watched(int watches) {
        Await.until("the streams are listened to", () -> market.watches() == watches);
    }

    private static Levels levels(String price, String quantity) {
        return Levels.of(List.of(Price.of(price)), List.of(Quantity.of(quantity)));
    }

    private static LiveEvent.BookSnapshot book(long id) {
        return new LiveEvent.BookSnapshot(
                BTC,
                id,
                EVENT,
                levels("61855.36", "1.5"),
                levels("61855.37", "2"),
                BookRange.UNBOUNDED,
                LiveState.LIVE);
    }

    private static LiveEvent.BookDelta delta(long previous, long last) {
        return new LiveEvent.BookDelta(
                BTC, EVENT, previous, previous, last, levels("61855.3", "0"), Levels.EMPTY);
    }

    private static final String CHANGE =
            "{\"e\":\"depthUpdate\",\"E\":%s,\"s\":\"BTCUSDT\",\"U\":%d,\"u\":%d,"
                    + "\"b\":[[\"61855.30000000\",\"0.00000000\"]],\"a\":[]}";

    @Test
    void theStreamsOfAnAddressAreTold() throws Exception {
        StreamClient raw = open("/ws/btcusdt@depth@100ms");
        StreamClient combined =
                open("/stream?streams=btcusdt%40depth%40100ms&timeUnit=MICROSECOND");
        watched(1);
        Await.until("both listen", () -> talks.size() == 2);
        market.tell(book(10));
        market.tell(delta(10, 12));
        market.tell(delta(12, 13));
        assertThat(raw.next()).isEqualTo(CHANGE.formatted("1723161601500", 11, 12));
        assertThat(raw.next()).isEqualTo(CHANGE.formatted("1723161601500", 13, 13));
        assertThat(combined.next())
                .isEqualTo(
                        "{\"stream\":\"btcusdt@depth@100ms\",\"data\":"
                                + CHANGE.formatted("1723161601500250", 11, 12)
                                + "}");
    }

    @Test
    void aConversationAsTheDocumentsHaveIt() throws Exception {
        StreamClient client = open("/ws");
        assertThat(
                        client.ask(
                                "{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@depth@100ms\","
                                        + "\"btcusdt@bookTicker\",\"btcusdt@depth5@100ms\"],"
                                        + "\"id\":1}"))
                .isEqualTo("{\"result\":null,\"id\":1}");
        assertThat(client.ask("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":\"3\"}"))
                .isEqualTo(
                        "{\"result\":[\"btcusdt@depth@100ms\",\"btcusdt@bookTicker\","
                                + "\"btcusdt@depth5@100ms\"],\"id\":\"3\"}");
        assertThat(client.ask("{\"method\":\"GET_PROPERTY\",\"params\":[\"combined\"],\"id\":2}"))
                .isEqualTo("{\"result\":false,\"id\":2}");
        assertThat(
                        client.ask(
                                "{\"method\":\"UNSUBSCRIBE\",\"params\":"
                                        + "[\"btcusdt@depth@100ms\"],\"id\":null}"))
                .isEqualTo("{\"result\":null,\"id\":null}");
        market.tell(book(10));
        assertThat(List.of(client.next(), client.next()))
                .containsExactlyInAnyOrder(
                        "{\"u\":10,\"s\":\"BTCUSDT\",\"b\":\"61855.36000000\","
                                + "\"B\":\"1.50000000\",\"a\":\"61855.37000000\","
                                + "\"A\":\"2.00000000\"}",
                        "{\"lastUpdateId\":10,\"bids\":[[\"61855.36000000\",\"1.50000000\"]],"
                                + "\"asks\":[[\"61855.37000000\",\"2.00000000\"]]}");
        assertThat(
                        client.ask(
                                "{\"method\":\"SET_PROPERTY\",\"params\":[\"combined\",true],"
                                        + "\"id\":5}"))
                .isEqualTo("{\"result\":null,\"id\":5}");
        market.tell(delta(10, 11));
        assertThat(client.next()).startsWith("{\"stream\":\"btcusdt@depth5@100ms\",\"data\":{");
    }

    @Test
    void aStreamThatCannotBeHadIsRefusedAndNothingOfItsRequestIsDone() throws Exception {
        StreamClient client = open("/ws/0");
        assertThat(
                        client.ask(
                                "{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@depth\","
                                        + "\"btcusdt@trade\"],\"id\":7}"))
                .isEqualTo(
                        "{\"error\":{\"code\":2,\"msg\":\"Invalid request: invalid stream\"},"
                                + "\"id\":7}");
        assertThat(client.ask("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":8}"))
                .isEqualTo("{\"result\":[],\"id\":8}");
        market.allow(0);
        assertThat(
                        client.ask(
                                "{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@depth\"],"
                                        + "\"id\":9}"))
                .isEqualTo(
                        "{\"error\":{\"code\":2,\"msg\":\"Invalid request: too many parameters\"},"
                                + "\"id\":9}");
    }

    @Test
    void aPairThatIsListedLaterIsToldOfFromThenOn() throws Exception {
        Instrument later = Instrument.binance("NEWUSDT");
        StreamClient client = open("/ws/newusdt@kline_1m");
        Await.until("it is open", () -> talks.size() == 1);
        assertThat(market.watches()).isZero();
        listed.add(later);
        watched(1);
        market.tell(
                new LiveEvent.CandleChange(
                        Minutes.minute(
                                later,
                                Minutes.at("2024-08-08T00:00:00Z"),
                                "1",
                                "2",
                                "0.5",
                                "1.5",
                                "3")));
        assertThat(client.next())
                .startsWith("{\"e\":\"kline\",\"E\":")
                .endsWith(
                        ",\"s\":\"NEWUSDT\",\"k\":{\"t\":1723075200000,\"T\":1723075259999,"
                                + "\"s\":\"NEWUSDT\",\"i\":\"1m\",\"f\":-1,\"L\":-1,"
                                + "\"o\":\"1.00000000\",\"c\":\"1.50000000\","
                                + "\"h\":\"2.00000000\",\"l\":\"0.50000000\","
                                + "\"v\":\"3.00000000\",\"n\":3,\"x\":true,"
                                + "\"q\":\"4.50000000\",\"V\":\"3.00000000\","
                                + "\"Q\":\"3.00000000\",\"B\":\"0\"}}");
    }

    @Test
    void statisticsOfADay() throws Exception {
        StreamClient client = open("/ws/btcusdt@ticker/btcusdt@miniTicker/!miniTicker@arr");
        watched(2);
        market.tell(
                new LiveEvent.TickerChange(
                        new Ticker(
                                BTC,
                                EVENT,
                                Price.of("3"),
                                Price.of("4"),
                                Price.of("5"),
                                Price.of("2"),
                                Quantity.of("7"),
                                Quantity.of("20"),
                                null,
                                Origin.STREAM),
                        LiveState.LIVE));
        String mini =
                "{\"e\":\"24hrMiniTicker\",\"E\":1723161601500,\"s\":\"BTCUSDT\","
                        + "\"c\":\"3.00000000\",\"o\":\"4.00000000\",\"h\":\"5.00000000\","
                        + "\"l\":\"2.00000000\",\"v\":\"7.00000000\",\"q\":\"20.00000000\"}";
        assertThat(List.of(client.next(), client.next(), client.next()))
                .containsExactlyInAnyOrder(
                        mini,
                        "[" + mini + "]",
                        "{\"e\":\"24hrTicker\",\"E\":1723161601500,\"s\":\"BTCUSDT\","
                                + "\"p\":\"-1.00000000\",\"P\":\"-25.000\",\"w\":\"2.85714286\","
                                + "\"x\":null,\"c\":\"3.00000000\",\"Q\":null,\"b\":null,"
                                + "\"B\":null,\"a\":null,\"A\":null,\"o\":\"4.00000000\","
                                + "\"h\":\"5.00000000\",\"l\":\"2.00000000\","
                                + "\"v\":\"7.00000000\",\"q\":\"20.00000000\",\"O\":null,"
                                + "\"C\":1723161601500,\"F\":-1,\"L\":-1,\"n\":null}");
    }

    @Test
    void whoFindsNoPlaceOrAsksForNoSocketIsToldOverHttp() throws Exception {
        for (int i = 0; i < 3; i++) {
            var _ = open("/ws");
        }
        assertThat(upgrade("/ws")).startsWith("503 {\"code\":-1034,");
        clients.removeFirst().close();
        Await.until("a place is free", () -> sockets.connections() == 2);
        var _ = open("/ws");
        assertThat(upgrade("/ws/btcusdt@trade"))
                .isEqualTo(
                        "400 {\"error\":{\"code\":2,\"msg\":\"Invalid request: invalid stream\"},"
                                + "\"id\":null}");
        assertThat(upgrade("/ws?timeUnit=second"))
                .isEqualTo(
                        "400 {\"code\":-1194,\"msg\":\"Invalid value for time unit; expected"
                                + " either MICROSECOND or MILLISECOND.\"}");
        HttpResponse<String> plain =
                http.send(
                        HttpRequest.newBuilder(address("http", "/ws")).build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(plain.statusCode()).isEqualTo(426);
        assertThat(sockets.refused()).isEqualTo(1);
    }

    /** Status and body of the answer to a handshake that is refused. */
    private String upgrade(String path) throws Exception {
        try (java.net.Socket socket =
                new java.net.Socket("127.0.0.1", tomcat.getConnector().getLocalPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(
                            ("GET "
                                            + path
                                            + " HTTP/1.1\r\n"
                                            + "Host: localhost\r\n"
                                            + "Upgrade: websocket\r\n"
                                            + "Connection: Upgrade\r\n"
                                            + "Sec-WebSocket-Version: 13\r\n"
                                            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            StringBuilder told = new StringBuilder();
            int length = -1;
            while (length < 0 || told.length() < told.indexOf("\r\n\r\n") + 4 + length) {
                int read = socket.getInputStream().read();
                if (read < 0) {
                    break;
                }
                told.append((char) read);
                if (length < 0 && told.indexOf("\r\n\r\n") > 0) {
                    length =
                            Integer.parseInt(
                                    told.toString()
                                            .replaceAll("(?is).*content-length: ([0-9]+).*", "$1"));
                }
            }
            String status = told.substring("HTTP/1.1 ".length(), "HTTP/1.1 ".length() + 3);
            return status + " " + told.substring(told.indexOf("\r\n\r\n") + 4);
        }
    }

    @Test
    void whoIsConnectedIsToldOfTheShutdownAndThenClosed() throws Exception {
        StreamClient raw = open("/ws/btcusdt@depth@100ms");
        StreamClient combined = open("/stream?streams=btcusdt@depth@100ms");
        watched(1);
        Await.until("both listen", () -> talks.size() == 2);
        market.tell(book(10));
        market.tell(delta(10, 12));
        talks.close();
        sockets.drain();
        assertThat(raw.next()).contains("\"U\":11,");
        assertThat(raw.next()).matches("\\{\"e\":\"serverShutdown\",\"E\":[0-9]{13}}");
        assertThat(raw.end()).isEqualTo("1001 The server is shutting down.");
        assertThat(combined.next()).contains("\"U\":11,");
        assertThat(combined.next())
                .matches(
                        "\\{\"stream\":\"!serverShutdown\",\"data\":\\{\"e\":\"serverShutdown\","
                                + "\"E\":[0-9]{13}}}");
        assertThat(combined.end()).isEqualTo("1001 The server is shutting down.");
        assertThat(upgrade("/ws")).startsWith("503 ");
    }
}
