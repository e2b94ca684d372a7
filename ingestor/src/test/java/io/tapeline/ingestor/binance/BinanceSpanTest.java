package io.tapeline.ingestor.binance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.ingestor.feed.EventKind;
import io.tapeline.ingestor.feed.EventSpan;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class BinanceSpanTest {

    @Test
    void aDepthUpdateCoversItsIds() {
        assertThat(
                        span(
                                BinanceSpan.ofStream(
                                        EventKind.DEPTH, ExchangeTimeUnit.MILLISECONDS),
                                "{\"e\":\"depthUpdate\",\"E\":1,\"s\":\"A\",\"U\":157,\"u\":160,"
                                        + "\"b\":[]}"))
                .containsExactly(157L, 160L);
        assertThat(span(BinanceSpan.ofSnapshot(), "{\"lastUpdateId\":1027024,\"bids\":[]}"))
                .containsExactly(1027024L, 1027024L);
    }

    @Test
    void aCandleCoversItsOpenTimeInMicroseconds() {
        String candle = "{\"e\":\"kline\",\"E\":9,\"s\":\"A\",\"k\":{\"t\":1672515780000,\"T\":1}}";
        assertThat(
                        span(
                                BinanceSpan.ofStream(
                                        EventKind.KLINES, ExchangeTimeUnit.MILLISECONDS),
                                candle))
                .containsExactly(1672515780000000L, 1672515780000000L);
        assertThat(
                        span(
                                BinanceSpan.ofKlineElement(ExchangeTimeUnit.MICROSECONDS),
                                "[1672515780000000,\"1\"]"))
                .containsExactly(1672515780000000L, 1672515780000000L);
    }

    @Test
    void anAnswerOfTickersCoversItsCloseTimeFarIntoIt() {
        String ticker =
                "{\"symbol\":\"A\",\"filler\":\""
                        + "0".repeat(500)
                        + "\",\"closeTime\":1672515780000,\"count\":1}";
        assertThat(span(BinanceSpan.ofTickerElement(ExchangeTimeUnit.MILLISECONDS), ticker))
                .containsExactly(1672515780000000L, 1672515780000000L);
    }

    @Test
    void whatDoesNotSayCoversNothing() {
        assertThat(
                        span(
                                BinanceSpan.ofStream(
                                        EventKind.TICKERS, ExchangeTimeUnit.MILLISECONDS),
                                "{}"))
                .containsExactly(0L, 0L);
    }

    @Test
    void whatIsTooLargeToBeATimeOrAnIdIsAsIfNotSaid() {
        String absurd = "{\"e\":\"24hrTicker\",\"E\":%s,\"U\":%1$s,\"u\":%1$s,\"t\":%1$s}";
        for (ExchangeTimeUnit unit : ExchangeTimeUnit.values()) {
            for (String time : List.of("9223372036854776", "" + Long.MAX_VALUE, "9".repeat(40))) {
                String payload = absurd.formatted(time);
                assertThat(span(BinanceSpan.ofStream(EventKind.TICKERS, unit), payload))
                        .containsExactly(0L, 0L);
                assertThat(span(BinanceSpan.ofStream(EventKind.KLINES, unit), payload))
                        .containsExactly(0L, 0L);
            }
        }
        BinanceSpan ids = BinanceSpan.ofStream(EventKind.DEPTH, ExchangeTimeUnit.MILLISECONDS);
        assertThat(span(ids, absurd.formatted(Long.MAX_VALUE)))
                .containsExactly(Long.MAX_VALUE, Long.MAX_VALUE);
        assertThat(span(ids, absurd.formatted("9223372036854775808"))).containsExactly(0L, 0L);
    }

    private static List<Long> span(EventSpan span, String payload) {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        return List.of(span.first(bytes), span.last(bytes));
    }
}
