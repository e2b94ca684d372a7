package io.tapeline.schemas.binance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.tapeline.schemas.Seeds;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.raw.RawRecord;
import io.tapeline.schemas.wire.MalformedPayload;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bytes broken on the way give a value or a {@link MalformedPayload}, never anything else. */
class MutatedPayloadsTest {

    private static final int MUTANTS = 30_000;
    private static final String SYNTAX = "{}[]\",:.-+eE\\u0129 \n";

    private static final Random RANDOM = Seeds.random(MutatedPayloadsTest.class);

    interface Decoder {
        Object decode(RawRecord record) throws MalformedPayload;
    }

    @Test
    void ofDepth() {
        check("btcusdt@depth@100ms", Payloads.DEPTH_UPDATE, BinanceDepth::decode);
        check("rest/depth?limit=5000", Payloads.DEPTH, BinanceDepth::decode);
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
        byte[] whole = Payloads.DEPTH_UPDATE.getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < whole.length; length++) {
            RawRecord record = record("btcusdt@depth@100ms", Arrays.copyOf(whole, length));
            assertThat(outcome(record, BinanceDepth::decode)).isInstanceOf(MalformedPayload.class);
        }
    }

    private static void check(String stream, String payload, Decoder decoder) {
        byte[] original = payload.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < MUTANTS; i++) {
            byte[] mutant = original;
            for (int times = 1 + RANDOM.nextInt(3); times > 0; times--) {
                mutant = mutate(mutant);
            }
            assertThat(outcome(record(stream, mutant), decoder)).isNotNull();
        }
    }

    private static Object outcome(RawRecord record, Decoder decoder) {
        try {
            return decoder.decode(record);
        } catch (MalformedPayload e) {
            return e;
        } catch (RuntimeException e) {
            return fail(new String(record.payload(), StandardCharsets.UTF_8), e);
        }
    }

    private static RawRecord record(String stream, byte[] payload) {
        return Records.of(
                Records.BTCUSDT, stream, payload, ExchangeTimeUnit.MILLISECONDS, Records.RECEIVED);
    }

    private static byte[] mutate(byte[] in) {
        if (in.length < 4) {
            return in;
        }
        int at = RANDOM.nextInt(in.length);
        return switch (RANDOM.nextInt(6)) {
            case 0 -> Arrays.copyOf(in, at);
            case 1 -> with(in, at, (byte) RANDOM.nextInt(256));
            case 2 -> with(in, at, (byte) SYNTAX.charAt(RANDOM.nextInt(SYNTAX.length())));
            case 3 -> spliced(in, at, 0, (byte) SYNTAX.charAt(RANDOM.nextInt(SYNTAX.length())));
            case 4 -> spliced(in, at, Math.min(1 + RANDOM.nextInt(8), in.length - at));
            default -> spliced(in, at, 0, in[at], in[RANDOM.nextInt(in.length)], in[at]);
        };
    }

    private static byte[] with(byte[] in, int at, byte b) {
        byte[] out = in.clone();
        out[at] = b;
        return out;
    }

    private static byte[] spliced(byte[] in, int at, int removed, byte... inserted) {
        byte[] out = new byte[in.length - removed + inserted.length];
        System.arraycopy(in, 0, out, 0, at);
        System.arraycopy(inserted, 0, out, at, inserted.length);
        System.arraycopy(in, at + removed, out, at + inserted.length, in.length - at - removed);
        return out;
    }
}
