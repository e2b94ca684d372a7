package io.tapeline.ingestor.binance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.ingestor.feed.IngestorCounters;
import io.tapeline.ingestor.feed.IngestorCounters.Count;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventRouterTest {

    private final List<String> heard = new ArrayList<>();
    private final IngestorCounters counters = new IngestorCounters();
    private final StreamTable table =
            StreamTable.of(
                    List.of(Instrument.binance("BTCUSDT"), Instrument.binance("币安USDT")),
                    List.of(
                            StreamType.of("kline_1m"),
                            StreamType.of("depth@100ms"),
                            StreamType.of("!miniTicker@arr")),
                    "a",
                    ExchangeTimeUnit.MILLISECONDS,
                    (instrument, kind, _, stream, line, _) ->
                            (payload, received) ->
                                    heard.add(
                                            kind
                                                    + " "
                                                    + instrument
                                                    + " "
                                                    + stream
                                                    + " "
                                                    + line
                                                    + " "
                                                    + received
                                                    + " "
                                                    + new String(payload, StandardCharsets.UTF_8)));
    private final SessionStreams streams = SessionStreams.EMPTY.next(table, table.streams());
    private final EventRouter router =
            new EventRouter(
                    () -> streams,
                    new EventRouter.Control() {
                        @Override
                        public void answered(ControlAnswer answer) {
                            heard.add(answer.toString());
                        }

                        @Override
                        public void serverShutdown() {
                            heard.add("shutdown");
                        }
                    },
                    counters);

    @Test
    void anEventGoesToItsStreamsRouteWithoutItsEnvelope() {
        take("{\"stream\":\"btcusdt@kline_1m\",\"data\":{\"e\":\"kline\"}}");
        take("{\"stream\":\"币安usdt@depth@100ms\",\"data\":{\"s\":\"币安USDT\"}}");
        assertThat(heard)
                .containsExactly(
                        "KLINES binance:BTCUSDT btcusdt@kline_1m a 5 {\"e\":\"kline\"}",
                        "DEPTH binance:币安USDT 币安usdt@depth@100ms a 5 {\"s\":\"币安USDT\"}");
    }

    @Test
    void anArrayIsCutIntoTheElementsOfFollowedInstruments() {
        take(
                "{\"stream\":\"!miniTicker@arr\",\"data\":[{\"e\":\"24hrMiniTicker\",\"s\":"
                        + "\"BTCUSDT\"},{\"s\":\"OTHER\"},{\"s\":\"币安USDT\",\"c\":\"],[\"}]}");
        assertThat(heard)
                .containsExactly(
                        "TICKERS binance:BTCUSDT !miniTicker@arr a 5"
                                + " {\"e\":\"24hrMiniTicker\",\"s\":\"BTCUSDT\"}",
                        "TICKERS binance:币安USDT !miniTicker@arr a 5"
                                + " {\"s\":\"币安USDT\",\"c\":\"],[\"}");
        assertThat(counters.get(Count.UNKNOWN)).isEqualTo(1);
    }

    @Test
    void answersAndWarningsAreToldAndTheRestIsCounted() {
        take("{\"result\":null,\"id\":1}");
        take("{\"stream\":\"!serverShutdown\",\"data\":{\"e\":\"serverShutdown\",\"E\":1}}");
        take("{\"e\":\"serverShutdown\",\"E\":1}");
        take("{\"stream\":\"ethusdt@kline_1m\",\"data\":{}}");
        take("<html>");
        assertThat(heard).containsExactly("Accepted[id=1]", "shutdown", "shutdown");
        assertThat(counters.get(Count.FRAMES)).isEqualTo(5);
        assertThat(counters.get(Count.CONTROL)).isEqualTo(3);
        assertThat(counters.get(Count.UNKNOWN)).isEqualTo(1);
        assertThat(counters.get(Count.MALFORMED)).isEqualTo(1);
    }

    @Test
    void whatHasComeOfAStreamIsRememberedAcrossAnotherChoiceOfStreams() {
        take("{\"stream\":\"btcusdt@kline_1m\",\"data\":{\"e\":\"kline\"}}");
        take("{\"stream\":\"!miniTicker@arr\",\"data\":[]}");
        SessionStreams next = streams.next(table, List.of("btcusdt@kline_1m", "other@ticker"));
        StreamActivity activity = next.activity("btcusdt@kline_1m");
        assertThat(activity).isNotNull();
        assertThat(activity.count()).isEqualTo(1);
        assertThat(activity.newestNanos()).isEqualTo(5);
        assertThat(activity.payload()).asString().isEqualTo("{\"e\":\"kline\"}");
        assertThat(next.entries().keySet()).containsExactly("btcusdt@kline_1m");
        assertThat(streams.activity("!miniTicker@arr")).isNotNull();
        assertThat(streams.activity("!miniTicker@arr").count()).isEqualTo(1);
    }

    private void take(String message) {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        router.message(bytes, 0, bytes.length, 5);
    }
}
