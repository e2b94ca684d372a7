package io.tapeline.query.mirror.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.query.mirror.TimeUnitAsked;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses of sockets (EXCHANGES.md A.2) and names of streams (A.4). */
final class StreamAddressTest {

    private static List<String> names(StreamAddress address) {
        assertThat(address).isInstanceOf(StreamAddress.Wanted.class);
        return ((StreamAddress.Wanted) address).streams().stream().map(StreamName::text).toList();
    }

    @Test
    void anAddressNamesStreams() {
        assertThat(StreamAddress.of("/ws", null))
                .isEqualTo(new StreamAddress.Wanted(List.of(), false, TimeUnitAsked.MILLISECOND));
        assertThat(names(StreamAddress.of("/ws/btcusdt@depth", null)))
                .containsExactly("btcusdt@depth");
        assertThat(names(StreamAddress.of("/ws/btcusdt@depth/ethusdt@ticker/", null)))
                .containsExactly("btcusdt@depth", "ethusdt@ticker");
        assertThat(names(StreamAddress.of("/stream", "streams=btcusdt@depth/ethusdt@ticker")))
                .containsExactly("btcusdt@depth", "ethusdt@ticker");
        assertThat(
                        names(
                                StreamAddress.of(
                                        "/stream",
                                        "streams=btcusdt%40depth%2F%21miniTicker%40arr")))
                .containsExactly("btcusdt@depth", "!miniTicker@arr");
        assertThat(names(StreamAddress.of("/ws/%E5%B8%81%E5%AE%89usdt%40kline_1m", null)))
                .containsExactly("币安usdt@kline_1m");
        assertThat(names(StreamAddress.of("/ws/0", null))).as("a number, as ccxt has it").isEmpty();
        assertThat(((StreamAddress.Wanted) StreamAddress.of("/stream", null)).combined()).isTrue();
        assertThat(((StreamAddress.Wanted) StreamAddress.of("/ws", "timeUnit=microsecond")).unit())
                .isEqualTo(TimeUnitAsked.MICROSECOND);
    }

    @Test
    void whatIsWrongIsRefusedBeforeThereIsASocket() {
        assertThat(StreamAddress.of("/ws", "timeUnit=NANOSECOND"))
                .isEqualTo(StreamAddress.TIME_UNIT);
        assertThat(StreamAddress.of("/ws/btcusdt@trade", null)).isEqualTo(StreamAddress.STREAM);
        assertThat(StreamAddress.of("/ws/%zz@depth", null))
                .isInstanceOf(StreamAddress.Wanted.class);
        assertThat(StreamAddress.of("/stream", "streams=" + "a@depth/".repeat(1_025)))
                .isEqualTo(StreamAddress.TOO_MANY);
    }

    @ParameterizedTest
    @CsvSource({
        "btcusdt@depth, Changes",
        "btcusdt@depth@100ms, Changes",
        "btcusdt@depth5, Top",
        "btcusdt@depth20@100ms, Top",
        "btcusdt@bookTicker, Best",
        "btcusdt@kline_1m, Candles",
        "btcusdt@kline_1h, Candles",
        "btcusdt@kline_1M, Candles",
        "btcusdt@ticker, Day",
        "btcusdt@miniTicker, MiniDay",
        "!miniTicker@arr, AllMiniDays",
    })
    void whatIsServed(String name, String kind) {
        assertThat(StreamName.parse(name))
                .hasValueSatisfying(known -> {
                    assertThat(known.text()).isEqualTo(name);
                    assertThat(known.kind().getClass().getSimpleName()).isEqualTo(kind);
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "btcusdt@trade",
                "btcusdt@aggTrade",
                "btcusdt@avgPrice",
                "btcusdt@ticker_1h",
                "!ticker@arr",
                "!ticker_1d@arr",
                "!bookTicker",
                "btcusdt@kline_1s",
                "btcusdt@kline_5M",
                "btcusdt@kline_1m@+08:00",
                "btcusdt@depth7",
                "btcusdt@depth@250ms",
                "btcusdt@",
                "@depth",
                "btcusdt",
                "",
                "btc usdt@depth",
                "!miniTicker",
            })
    void whatCannotBeHadIsNotUnderstood(String name) {
        assertThat(StreamName.parse(name)).isEmpty();
    }
}
