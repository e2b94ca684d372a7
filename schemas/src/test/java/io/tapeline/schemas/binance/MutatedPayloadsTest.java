package io.tapeline.schemas.binance;

import io.tapeline.schemas.Mutants;
import io.tapeline.schemas.Seeds;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.raw.RawRecord;
import org.junit.jupiter.api.Test;

/**
 * Bytes broken on the way give a value or a {@link io.tapeline.schemas.wire.MalformedPayload},
 * never anything else.
 */
class MutatedPayloadsTest {

    private static final Mutants MUTANTS = new Mutants(Seeds.random(MutatedPayloadsTest.class));

    @Test
    void ofDepth() {
        check("btcusdt@depth@100ms", Payloads.DEPTH_UPDATE, BinanceDepth::decode);
        check("rest/depth?limit=5000", Payloads.DEPTH, BinanceDepth::decode);
        check("btcusdt@depth20", Payloads.DEPTH, BinanceDepth::decode);
        check("btcusdt@bookTicker", Payloads.BOOK_TICKER, BinanceDepth::decode);
    }

    @Test
    void ofKlines() {
        check("btcusdt@kline_1m", Payloads.KLINE, BinanceKlines::decode);
        check("rest/klines?interval=1m", Payloads.KLINE_ROW, BinanceKlines::decode);
    }

    @Test
    void ofTickers() {
        check("btcusdt@ticker", Payloads.TICKER, BinanceTickers::decode);
        check("!miniTicker@arr", Payloads.MINI_TICKER, BinanceTickers::decode);
        check("rest/ticker/24hr", Payloads.REST_TICKER, BinanceTickers::decode);
    }

    @Test
    void ofTheInstruments() {
        check(
                "rest/exchangeInfo",
                ExchangeInfoDecoderTest.BODY,
                record -> ExchangeInfoDecoder.decode(record.payload(), new EpochMicros(5)));
    }

    @Test
    void aPayloadCutShortAnywhereIsMalformed() {
        Mutants.cutShort(
                Payloads.DEPTH_UPDATE,
                payload -> record("btcusdt@depth@100ms", payload),
                BinanceDepth::decode);
    }

    private static void check(String stream, String payload, Mutants.Decoder decoder) {
        MUTANTS.check(payload, mutant -> record(stream, mutant), decoder);
    }

    private static RawRecord record(String stream, byte[] payload) {
        return Records.of(
                Records.BTCUSDT, stream, payload, ExchangeTimeUnit.MILLISECONDS, Records.RECEIVED);
    }
}
