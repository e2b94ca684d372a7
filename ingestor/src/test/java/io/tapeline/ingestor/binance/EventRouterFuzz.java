package io.tapeline.ingestor.binance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.fuzz.Target;
import io.tapeline.ingestor.feed.IngestorCounters;
import io.tapeline.ingestor.feed.IngestorCounters.Count;
import io.tapeline.ingestor.json.JsonBytes;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Messages of a connection: each is published, or counted as something else, and what is published
 * is a value with nothing around it that the message had in it.
 */
public final class EventRouterFuzz implements Target {

    @Override
    public List<byte[]> seeds() {
        return List.of(
                        "{\"stream\":\"btcusdt@kline_1m\",\"data\":{\"e\":\"kline\"}}",
                        "{ \"data\" : {\"s\":\"x\"} , \"stream\" : \"btcusdt@depth@100ms\" }",
                        "{\"stream\":\"!miniTicker@arr\",\"data\":[{\"s\":\"BTCUSDT\",\"c\":\"],[\"},"
                            + "{\"s\":\"OTHER\"},{\"x\":1}]}",
                        "{\"stream\":\"!serverShutdown\",\"data\":{\"e\":\"serverShutdown\"}}",
                        "{\"e\":\"serverShutdown\",\"E\":1}",
                        "{\"result\":null,\"id\":1}",
                        "{\"result\":[\"btcusdt@ticker\"],\"id\":2}",
                        "{\"error\":{\"code\":2,\"msg\":\"Invalid request\"},\"id\":3}",
                        "{\"code\":-1121,\"msg\":\"no\",\"id\":null}")
                .stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public void read(byte[] message) {
        List<byte[]> published = new ArrayList<>();
        StreamTable table =
                StreamTable.of(
                        List.of(Instrument.binance("BTCUSDT"), Instrument.binance("币安USDT")),
                        List.of(
                                StreamType.of("kline_1m"),
                                StreamType.of("depth@100ms"),
                                StreamType.of("!miniTicker@arr")),
                        "a",
                        ExchangeTimeUnit.MILLISECONDS,
                        (_, _, _, _, _, _) -> (payload, _) -> published.add(payload));
        SessionStreams streams = SessionStreams.EMPTY.next(table, table.streams());
        IngestorCounters counters = new IngestorCounters();
        List<String> controls = new ArrayList<>();
        EventRouter router =
                new EventRouter(
                        () -> streams,
                        new EventRouter.Control() {
                            @Override
                            public void answered(ControlAnswer answer) {
                                controls.add(answer.toString());
                            }

                            @Override
                            public void serverShutdown() {
                                controls.add("shutdown");
                            }
                        },
                        counters);
        router.message(message, 0, message.length, 5);
        long other = counters.get(Count.UNKNOWN) + counters.get(Count.MALFORMED);
        assertThat(counters.get(Count.FRAMES)).isEqualTo(1);
        assertThat(counters.get(Count.CONTROL)).isEqualTo(controls.size()).isBetween(0L, 1L);
        boolean emptyArray = published.isEmpty() && other == 0 && controls.isEmpty();
        assertThat(!emptyArray || new String(message, StandardCharsets.UTF_8).contains("["))
                .isTrue();
        for (byte[] payload : published) {
            assertThat(JsonBytes.endOfValue(payload, 0, payload.length)).isEqualTo(payload.length);
            assertThat(message).containsSequence(payload);
        }
    }
}
