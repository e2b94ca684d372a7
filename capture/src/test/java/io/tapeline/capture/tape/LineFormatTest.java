package io.tapeline.capture.tape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tapeline.schemas.market.EpochNanos;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.raw.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineFormatTest {

    private static TapeLine line(
            RawTopic topic,
            String key,
            String payload,
            String stream,
            String line,
            ExchangeTimeUnit unit) {
        return new TapeLine(
                topic,
                new RawRecord(
                        Instrument.parse(key),
                        payload.getBytes(StandardCharsets.UTF_8),
                        stream,
                        line,
                        new EpochNanos(1_723_161_253_937_085_768L),
                        unit));
    }

    private static String written(TapeLine line) {
        return new String(LineFormat.write(line), StandardCharsets.UTF_8);
    }

    private static void comesBack(TapeLine line) throws MalformedLine {
        assertThat(LineFormat.parse(LineFormat.write(line)))
                .usingRecursiveComparison()
                .isEqualTo(line);
    }

    @Test
    void anEventOfTheFirstLineIsTheExchangesOwnEnvelope() throws Exception {
        TapeLine event =
                line(
                        RawTopic.DEPTH,
                        "binance:BTCUSDT",
                        "{\"e\":\"depthUpdate\", \"U\":1}",
                        "btcusdt@depth@100ms",
                        "a",
                        ExchangeTimeUnit.MILLISECONDS);

        assertThat(written(event))
                .isEqualTo(
                        "1723161253937085768"
                            + " {\"stream\":\"btcusdt@depth@100ms\",\"data\":{\"e\":\"depthUpdate\","
                            + " \"U\":1}}");
        comesBack(event);
    }

    @Test
    void whatTheEnvelopeDoesNotTellStandsInIt() throws Exception {
        TapeLine snapshot =
                line(
                        RawTopic.DEPTH,
                        "binance:BTCUSDT",
                        "{\"lastUpdateId\":7}",
                        "rest/depth?limit=5000",
                        "rest",
                        ExchangeTimeUnit.MICROSECONDS);
        TapeLine index =
                line(
                        RawTopic.TICKERS,
                        "deribit:btc_usd",
                        "{\"timestamp\":1,\"price\":1.2e-08,\"index_name\":\"btc_usd\"}",
                        "deribit_price_index.btc_usd",
                        "b",
                        ExchangeTimeUnit.MILLISECONDS);
        TapeLine coin =
                line(
                        RawTopic.TICKERS,
                        "coingecko:usd-coin-eur",
                        "{\"eur\":null}",
                        "rest/simple/price?ids=usd-coin&vs_currencies=eur",
                        "rest",
                        ExchangeTimeUnit.MILLISECONDS);
        TapeLine odd =
                line(
                        RawTopic.TICKERS,
                        "binance:币安人生USDT",
                        "[1,2]",
                        "币安人生usdt@trade",
                        "data\"",
                        ExchangeTimeUnit.MILLISECONDS);

        assertThat(written(snapshot))
                .isEqualTo(
                        "1723161253937085768"
                            + " {\"stream\":\"rest/depth?limit=5000\",\"key\":\"binance:BTCUSDT\",\"line\":\"rest\",\"unit\":\"us\",\"data\":{\"lastUpdateId\":7}}");
        assertThat(written(odd))
                .isEqualTo(
                        "1723161253937085768"
                            + " {\"stream\":\"币安人生usdt@trade\",\"topic\":\"tickers\",\"line\":\"data\\\"\",\"data\":[1,2]}");
        comesBack(snapshot);
        comesBack(index);
        comesBack(coin);
        comesBack(odd);
    }

    @Test
    void payloadsThatAreNoJsonOfOneLineComeBackAsWell() throws Exception {
        for (String payload :
                new String[] {
                    "{\"a\":\n1}",
                    "<html>",
                    "",
                    " {}",
                    "{} ",
                    "{}{}",
                    "1",
                    "\"text\"",
                    "{\"a\":1",
                    "[]"
                }) {
            comesBack(
                    line(
                            RawTopic.KLINES,
                            "binance:BTCUSDT",
                            payload,
                            "btcusdt@kline_1m",
                            "a",
                            ExchangeTimeUnit.MILLISECONDS));
        }
    }

    @Test
    void anyBytesComeBack() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            byte[] payload = new byte[random.nextInt(40)];
            random.nextBytes(payload);
            TapeLine line =
                    new TapeLine(
                            RawTopic.KLINES,
                            new RawRecord(
                                    Instrument.binance("X" + i),
                                    payload,
                                    "x" + i + "@kline_1s",
                                    "a",
                                    new EpochNanos(random.nextLong(1L << 62)),
                                    ExchangeTimeUnit.MICROSECONDS));
            assertThat(LineFormat.parse(LineFormat.write(line)))
                    .as("seed %d", seed)
                    .usingRecursiveComparison()
                    .isEqualTo(line);
        }
    }

    @Test
    void envelopesThatOthersWroteAreUnderstood() throws Exception {
        TapeLine line =
                LineFormat.parse(
                        "5 { \"data\" : {\"u\": 1} , \"other\":[{}], \"stream\":\"ethusdt@bookTicker\" }"
                                .getBytes(StandardCharsets.UTF_8));
        assertThat(line.topic()).isEqualTo(RawTopic.TICKERS);
        assertThat(line.record().instrument()).isEqualTo(Instrument.binance("ETHUSDT"));
        assertThat(new String(line.record().payload(), StandardCharsets.UTF_8))
                .isEqualTo("{\"u\": 1}");
    }

    private static void refused(String line, String reason) {
        assertThatExceptionOfType(MalformedLine.class)
                .isThrownBy(() -> LineFormat.parse(line.getBytes(StandardCharsets.UTF_8)))
                .withMessageContaining(reason);
    }

    @Test
    void whatIsNoRawRecordIsRefusedWithTheReason() {
        refused("", "receive time");
        refused("x {}", "receive time");
        refused("99999999999999999999 {}", "receive time");
        refused("5 {\"stream\":\"a@depth\",\"data\":{", "no JSON");
        refused("5 [1]", "no JSON object");
        refused("5 {\"stream\":\"a@depth\"}", "no data");
        refused("5 {\"lastUpdateId\":1,\"bids\":[]}", "no stream");
        refused("5 {\"stream\":\"a@trade\",\"data\":{}}", "no raw topic is for stream a@trade");
        refused("5 {\"stream\":\"rest/depth\",\"data\":[]}", "no key");
        refused("5 {\"stream\":\"a@depth\",\"key\":\"nyse:A\",\"data\":{}}", "binance, deribit");
        refused("5 {\"stream\":\"a@depth\",\"unit\":\"ns\",\"data\":{}}", "ms, us");
        refused("5 {\"stream\":\"a@depth\",\"line\":1,\"data\":{}}", "line is no text");
        refused("5 {\"stream\":\"a@depth\",\"data64\":\"?\"}", "");
        refused("5 {\"stream\":\"a@depth\",\"data\":{}} x", "");
    }

    @Test
    void anEnvelopeThatIsNotUtf8IsRefused() {
        byte[] envelope =
                "{\"stream\":\"a@depth\",\"data\":{}}".getBytes(StandardCharsets.UTF_16LE);
        byte[] line = new byte[envelope.length + 2];
        line[0] = '5';
        line[1] = ' ';
        System.arraycopy(envelope, 0, line, 2, envelope.length);
        assertThatExceptionOfType(MalformedLine.class)
                .isThrownBy(() -> LineFormat.parse(line))
                .withMessageContaining("UTF-8");
    }
}
