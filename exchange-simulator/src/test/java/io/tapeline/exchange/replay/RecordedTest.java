package io.tapeline.exchange.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeline.exchange.market.TimePrecision;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordedTest {

    private static Recorded parse(String raw) {
        return Recorded.parse(raw.getBytes(StandardCharsets.UTF_8));
    }

    private static Recorded.Event event(String raw) {
        return (Recorded.Event) parse(raw);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void anEnvelopesPayloadKeepsItsBytes() {
        String payload =
                "{\"e\":\"depthUpdate\",\"E\":5,\"s\":\"BTCUSDT\",\"U\":1,\"u\":3,\"b\":[[\"7.10\",\"0.00\"]],"
                    + " \"a\":[]}";
        Recorded.Event event =
                event("{\"stream\":\"btcusdt@depth@100ms\",\"data\":" + payload + "}");
        assertThat(text(event.payload())).isEqualTo(payload);
        assertThat(event.stream()).isEqualTo("btcusdt@depth@100ms");
        assertThat(event.symbol()).isEqualTo("BTCUSDT");
        assertThat(event.eventMillis()).isEqualTo(5);
        assertThat(event.content())
                .isEqualTo(
                        new Recorded.Diff(
                                1, 3, List.of(new Recorded.Level("7.10", "0.00")), List.of()));
    }

    @Test
    void eventsWithoutAnEnvelopeTellTheirStream() {
        assertThat(
                        event("{\"e\":\"kline\",\"E\":1,\"s\":\"ETHUSDT\",\"k\":{\"i\":\"5m\"}}")
                                .stream())
                .isEqualTo("ethusdt@kline_5m");
        assertThat(
                        event(
                                "{\"u\":4,\"s\":\"ETHUSDT\",\"b\":\"1\",\"B\":\"2\",\"a\":\"3\",\"A\":\"4\"}")
                                .stream())
                .isEqualTo("ethusdt@bookTicker");
        assertThat(event("[{\"e\":\"24hrMiniTicker\",\"E\":7,\"s\":\"ETHUSDT\"}]").stream())
                .isEqualTo("!miniTicker@arr");
    }

    @Test
    void answersOfDepthAreSnapshotsAndTheRestIsLeftOut() {
        assertThat(parse("{\"lastUpdateId\":9,\"bids\":[[\"1\",\"2\"]],\"asks\":[]}"))
                .isEqualTo(
                        new Recorded.Snapshot(
                                "", 9, List.of(new Recorded.Level("1", "2")), List.of(), false));
        assertThat(parse("{\"result\":null,\"id\":1}")).isEqualTo(new Recorded.Ignored());
        assertThat(parse("not json")).isEqualTo(new Recorded.Ignored());
    }

    @Test
    void decimalsAreExactOrRefused() {
        assertThat(Decimals.places("61837.63000000")).isEqualTo(2);
        assertThat(Decimals.places("5")).isZero();
        assertThat(Decimals.units("61837.63000000", 2)).isEqualTo(6_183_763);
        assertThat(Decimals.units("0.00000072", 8)).isEqualTo(72);
        assertThat(Decimals.units("5", 3)).isEqualTo(5_000);
        assertThatThrownBy(() -> Decimals.units("1.234", 2))
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void microsecondsLengthenTimesAndNothingElse() {
        String trade =
                "{\"e\":\"trade\",\"E\":1723161255343,\"s\":\"X\",\"t\":3735683259,\"p\":\"1723161255343\",\"T\":1723161255342,\"m\":true}";
        assertThat(
                        text(
                                new RecordedPayload(
                                                trade.getBytes(StandardCharsets.UTF_8),
                                                TimePrecision.MILLISECOND)
                                        .bytes(TimePrecision.MICROSECOND)))
                .isEqualTo(
                        "{\"e\":\"trade\",\"E\":1723161255343000,\"s\":\"X\",\"t\":3735683259,\"p\":\"1723161255343\",\"T\":1723161255342000,\"m\":true}");
        String kline =
                "{\"e\":\"kline\",\"E\":1601630228469,\"s\":\"X\",\"k\":{\"t\":1601630220000,\"T\":1601630279999,\"L\":12}}";
        assertThat(
                        text(
                                new RecordedPayload(
                                                kline.getBytes(StandardCharsets.UTF_8),
                                                TimePrecision.MILLISECOND)
                                        .bytes(TimePrecision.MICROSECOND)))
                .isEqualTo(
                        "{\"e\":\"kline\",\"E\":1601630228469000,\"s\":\"X\",\"k\":{\"t\":1601630220000000,\"T\":1601630279999999,\"L\":12}}");
    }

    @Test
    void whatWasRecordedInMicrosecondsIsCutForThoseWhoWantMilliseconds() {
        String kline =
                "{\"e\":\"kline\",\"E\":1601630228469123,\"s\":\"X\",\"k\":{\"t\":1601630220000000,\"T\":1601630279999999,\"L\":1234567890123456}}";
        Recorded.Event event =
                event(
                        "{\"stream\":\"x@kline_1m\",\"key\":\"binance:X\",\"line\":\"data\",\"unit\":\"us\",\"data\":"
                                + kline
                                + "}");
        assertThat(event.eventMillis()).isEqualTo(1_601_630_228_469L);
        assertThat(event.origin())
                .isEqualTo(new Recorded.Origin("data", TimePrecision.MICROSECOND));
        assertThat(text(event.payload())).isEqualTo(kline);
        assertThat(
                        text(
                                new RecordedPayload(event.payload(), TimePrecision.MICROSECOND)
                                        .bytes(TimePrecision.MILLISECOND)))
                .isEqualTo(
                        "{\"e\":\"kline\",\"E\":1601630228469,\"s\":\"X\",\"k\":{\"t\":1601630220000,\"T\":1601630279999,\"L\":1234567890123456}}");
    }

    @Test
    void answersOfOtherRequestsAndOfOtherVenuesAreNothingToPlay() {
        assertThat(
                        parse(
                                "{\"stream\":\"rest/depth?limit=5000\",\"key\":\"binance:X\",\"line\":\"rest\",\"data\":{\"lastUpdateId\":9,\"bids\":[],\"asks\":[]}}"))
                .isEqualTo(new Recorded.Snapshot("X", 9, List.of(), List.of(), false));
        assertThat(
                        parse(
                                "{\"stream\":\"rest/depth?limit=100&purpose=audit\",\"key\":\"binance:X\",\"line\":\"rest\",\"data\":{\"lastUpdateId\":9,\"bids\":[],\"asks\":[]}}"))
                .isEqualTo(new Recorded.Snapshot("X", 9, List.of(), List.of(), true));
        assertThat(
                        parse(
                                "{\"stream\":\"rest/klines?interval=1m\",\"key\":\"binance:X\",\"data\":[1]}"))
                .isEqualTo(new Recorded.Ignored());
        assertThat(
                        parse(
                                "{\"stream\":\"deribit_price_index.btc_usd\",\"key\":\"deribit:btc_usd\",\"data\":{}}"))
                .isEqualTo(new Recorded.Ignored());
    }
}
