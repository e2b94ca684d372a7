package io.tapeline.schemas.binance;

import static io.tapeline.schemas.binance.Records.BTCUSDT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.EpochNanos;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Interval;
import io.tapeline.schemas.market.Origin;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import io.tapeline.schemas.wire.MalformedPayload;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinanceKlinesTest {

    private static final String ROWS = "rest/klines?interval=1m";

    private static Candle candle(EpochMicros eventTime, boolean closed, Origin origin) {
        return new Candle(
                BTCUSDT,
                Interval.ONE_MINUTE,
                EpochMicros.ofMillis(1_723_161_300_000L),
                EpochMicros.ofMillis(1_723_161_359_999L),
                eventTime,
                Price.of("61837.63"),
                Price.of("61855.37"),
                Price.of("61800.1"),
                Price.of("61840"),
                Quantity.of("20.639574"),
                Quantity.of("1276310.69236872"),
                743,
                Quantity.of("19.312107"),
                Quantity.of("1194231.99488069"),
                closed,
                origin);
    }

    private static Candle event(String payload) throws MalformedPayload {
        return BinanceKlines.decode(Records.stream("btcusdt@kline_1m", payload));
    }

    private static Candle row(String stream, String payload, String received)
            throws MalformedPayload {
        return BinanceKlines.decode(
                Records.of(
                        BTCUSDT,
                        stream,
                        payload.getBytes(StandardCharsets.UTF_8),
                        ExchangeTimeUnit.MILLISECONDS,
                        EpochNanos.of(Instant.parse(received))));
    }

    @Test
    void aStreamsCandleSaysItselfWhetherItIsClosed() throws MalformedPayload {
        EpochMicros eventTime = EpochMicros.ofMillis(1_723_161_360_013L);
        assertThat(event(Payloads.KLINE)).isEqualTo(candle(eventTime, true, Origin.STREAM));
        assertThat(event(Payloads.KLINE.replace("true", "false")))
                .isEqualTo(candle(eventTime, false, Origin.STREAM));
    }

    @ParameterizedTest
    @CsvSource({
        "2024-08-08T23:55:59.999Z, false",
        "2024-08-08T23:56:00.000Z, false",
        "2024-08-08T23:56:00.999Z, false",
        "2024-08-08T23:56:01.000Z, true",
        "2024-08-09T10:00:00Z, true",
    })
    void aRowIsClosedOnceItsEndIsASecondAgo(String received, boolean closed)
            throws MalformedPayload {
        assertThat(row(ROWS, Payloads.KLINE_ROW, received))
                .isEqualTo(candle(EpochMicros.of(Instant.parse(received)), closed, Origin.REST));
    }

    @Test
    void aMinuteWithoutATradeIsACandle() throws MalformedPayload {
        Candle candle =
                event(
                        Payloads.KLINE
                                .replace("\"n\":743", "\"n\":0")
                                .replace("\"f\":3735683259,\"L\":3735684001", "\"f\":-1,\"L\":-1"));
        assertThat(candle.trades()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"x\":true|\"x\":1|field k.x is neither true nor false",
                "\"x\":true,||field x is missing",
                "\"i\":\"1m\"|\"i\":\"7m\"|interval: \"7m\" is not one of",
                "\"i\":\"1m\"|\"i\":\"1h\"|is not the beginning of an interval",
                "\"l\":\"61800.10000000\"|\"l\":\"61900\"|low 61900 is above high",
                "\"n\":743|\"n\":-1|trades -1 is negative",
                "\"v\":\"20.63957400\"|\"v\":\"-1\"|field k.v is negative",
                "\"e\":\"kline\"|\"e\":\"continuous_kline\"|field e is not kline",
                "\"k\":{|\"k\":[{|field k is not an object",
                "\"i\":\"1m\"|\"s\":\"BTCUSDT\"|field s is there twice",
                "\"E\":1723161360013,||field E is missing",
                ",\"k\"|,\"ps\":\"BTCUSD\",\"k\"|field ps is of futures",
            })
    void whatIsWrongWithAnEventIsNamed(String part, String instead, String reason) {
        String payload = Payloads.KLINE.replace(part, instead == null ? "" : instead);
        assertThat(payload).isNotEqualTo(Payloads.KLINE);
        assertThatThrownBy(() -> event(payload))
                .isInstanceOf(MalformedPayload.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rest/klines|[]|interval is missing",
                "rest/klines?interval=1x|[]|interval: \"1x\"",
                "rest/depth?limit=5|[]|is not rest/klines",
                "rest/klines?interval=1m|[]|open time is not a whole number",
                "rest/klines?interval=1m|{}|payload is not an array",
                "rest/klines?interval=1m|[1723161300000]|field open is missing",
                "rest/klines?interval=1m|[1723161300000,\"1\",\"1\",\"1\",\"1\",\"1\",1723161359999,\"1\",5,\"1\"]|taker"
                    + " buy quote volume is missing",
                "rest/klines?interval=1m|[1723161300000,1]|field open is not a decimal in quotes",
            })
    void whatIsWrongWithARowIsNamed(String stream, String payload, String reason) {
        assertThatThrownBy(() -> row(stream, payload, "2024-08-09T10:00:00Z"))
                .isInstanceOf(MalformedPayload.class)
                .hasMessageContaining(reason);
    }
}
