package io.tapeline.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A made-up market over real sockets. */
class SyntheticStreamsIT {

    private SimulatedExchange exchange;

    @BeforeEach
    void start() throws IOException {
        exchange =
                SimulatedExchange.start(
                        SimulatorSettings.of(
                                Source.Synthetic.demo()
                                        .withPairs(5)
                                        .withEventsPerSecond(2_000)
                                        .withHistory(Duration.ofDays(2))));
    }

    @AfterEach
    void stop() {
        exchange.close();
    }

    @Test
    void everyStreamSpeaks() throws Exception {
        List<String> names =
                Stream.of(
                                "trade",
                                "aggTrade",
                                "bookTicker",
                                "depth@100ms",
                                "depth",
                                "depth5",
                                "depth20@100ms",
                                "kline_1m",
                                "kline_1s",
                                "ticker",
                                "miniTicker",
                                "ticker_1h",
                                "avgPrice")
                        .map(type -> "btcusdt@" + type)
                        .toList();
        try (StreamClient client =
                StreamClient.connect(
                        exchange,
                        "/stream?streams=" + String.join("/", names) + "/!miniTicker@arr")) {
            for (String name : names) {
                client.next(t -> t.startsWith("{\"stream\":\"" + name + "\","));
            }
            client.next(t -> t.startsWith("{\"stream\":\"!miniTicker@arr\","));
        }
    }

    @Test
    void whatWasReceivedIsWhatTheLedgerHolds() throws Exception {
        try (StreamClient client = StreamClient.connect(exchange, "/ws/btcusdt@depth@100ms")) {
            List<String> received = client.next(20, text -> true);
            // An entry counts as sent when its write has ended, which may be after it was received.
            Await.until(
                    "the ledger says that all of it was sent",
                    () -> exchange.ledger().entries("btcusdt@depth@100ms").size() >= 20);
            assertThat(
                            exchange.ledger().entries("btcusdt@depth@100ms").stream()
                                    .map(entry ->
                                            new String(
                                                    entry.payload(),
                                                    java.nio.charset.StandardCharsets.UTF_8)))
                    .startsWith(received.toArray(String[]::new));
        }
    }
}
