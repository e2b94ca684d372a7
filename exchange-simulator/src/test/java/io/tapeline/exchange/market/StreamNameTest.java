package io.tapeline.exchange.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.exchange.market.StreamName.Diffs;
import io.tapeline.exchange.market.StreamName.Kind;
import io.tapeline.exchange.market.StreamName.Klines;
import io.tapeline.exchange.market.StreamName.MiniTickers;
import io.tapeline.exchange.market.StreamName.Partial;
import io.tapeline.exchange.market.StreamName.Silent;
import io.tapeline.exchange.market.StreamName.WindowTickers;
import org.junit.jupiter.api.Test;

class StreamNameTest {

    private static Kind kind(String name) {
        return StreamName.parse(name).orElseThrow().kind();
    }

    @Test
    void namesTellSymbolAndKind() {
        assertThat(StreamName.parse("btcusdt@depth@100ms"))
                .contains(
                        new StreamName(
                                "btcusdt@depth@100ms",
                                "btcusdt",
                                new Diffs(DepthSpeed.MILLIS_100)));
        assertThat(kind("btcusdt@depth")).isEqualTo(new Diffs(DepthSpeed.MILLIS_1000));
        assertThat(kind("btcusdt@depth20@100ms")).isEqualTo(new Partial(20, DepthSpeed.MILLIS_100));
        assertThat(kind("btcusdt@depth5")).isEqualTo(new Partial(5, DepthSpeed.MILLIS_1000));
        assertThat(kind("btcusdt@kline_1m")).isEqualTo(new Klines(Interval.MINUTE_1, 0));
        assertThat(kind("btcusdt@kline_1M")).isEqualTo(new Klines(Interval.MONTH_1, 0));
        assertThat(kind("btcusdt@kline_1d@+08:00"))
                .isEqualTo(new Klines(Interval.DAY_1, 28_800_000L));
        assertThat(kind("!miniTicker@arr")).isEqualTo(new MiniTickers());
        assertThat(kind("!ticker_4h@arr")).isEqualTo(new WindowTickers("4h", 14_400_000L));
    }

    @Test
    void retiredAndUnknownStreamsAreSilent() {
        assertThat(kind("!ticker@arr")).isEqualTo(new Silent());
        assertThat(kind("!bookTicker")).isEqualTo(new Silent());
        assertThat(kind("btcusdt@kline_2m")).isEqualTo(new Silent());
        assertThat(kind("btcusdt@nothing")).isEqualTo(new Silent());
    }

    @Test
    void whatIsNoNameIsMalformed() {
        for (String text : new String[] {"", "btcusdt", "@depth", "btcusdt@", "!", "!@arr"}) {
            assertThat(StreamName.parse(text)).as(text).isEmpty();
        }
    }
}
