package io.tapeline.schemas.binance;

import static io.tapeline.schemas.binance.Records.BTCUSDT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Origin;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import io.tapeline.schemas.market.Ticker;
import io.tapeline.schemas.wire.MalformedPayload;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinanceTickersTest {

    private static final Ticker.Details DETAILS =
            new Ticker.Details(
                    Decimal.parse("-65"),
                    Decimal.parse("-0.105"),
                    Price.of("61343.29777965"),
                    Price.of("61902.64"),
                    Quantity.of("0.0025"),
                    Price.of("61837.63"),
                    Quantity.of("3.78826"),
                    Price.of("61837.64"),
                    Quantity.of("1.54698"),
                    EpochMicros.ofMillis(1_723_074_855_005L),
                    EpochMicros.ofMillis(1_723_161_255_005L),
                    3_731_178_738L,
                    3_735_683_259L,
                    4_504_522);

    private static Ticker ticker(Ticker.@Nullable Details details, Origin origin) {
        return new Ticker(
                BTCUSDT,
                EpochMicros.ofMillis(1_723_161_255_005L),
                Price.of("61837.63"),
                Price.of("61902.63"),
                Price.of("62738"),
                Price.of("57590"),
                Quantity.of("48745.366671"),
                Quantity.of("2990186405.1853462"),
                details,
                origin);
    }

    private static Ticker decode(String stream, String payload) throws MalformedPayload {
        return BinanceTickers.decode(Records.stream(stream, payload));
    }

    @Test
    void aFullTickerHasDetails() throws MalformedPayload {
        assertThat(decode("btcusdt@ticker", Payloads.TICKER))
                .isEqualTo(ticker(DETAILS, Origin.STREAM));
    }

    @Test
    void aMiniTickerHasNone() throws MalformedPayload {
        assertThat(decode("!miniTicker@arr", Payloads.MINI_TICKER))
                .isEqualTo(ticker(null, Origin.STREAM));
    }

    @Test
    void anElementOfRestIsAsOfItsCloseTime() throws MalformedPayload {
        assertThat(decode("rest/ticker/24hr", Payloads.REST_TICKER))
                .isEqualTo(ticker(DETAILS, Origin.REST));
    }

    @Test
    void aMiniElementOfRestHasNoDetails() throws MalformedPayload {
        assertThat(
                        decode(
                                "rest/ticker/24hr?type=MINI",
                                """
                                {"symbol":"BTCUSDT","openPrice":"61902.63000000",\
                                "highPrice":"62738.00000000","lowPrice":"57590.00000000",\
                                "lastPrice":"61837.63000000","volume":"48745.36667100",\
                                "quoteVolume":"2990186405.18534620","openTime":1723074855005,\
                                "closeTime":1723161255005,"firstId":3731178738,\
                                "lastId":3735683259,"count":4504522}\
                                """))
                .isEqualTo(ticker(null, Origin.REST));
    }

    @Test
    void aDayWithoutTradesHasNoTradeIds() throws MalformedPayload {
        Ticker ticker =
                decode(
                        "btcusdt@ticker",
                        Payloads.TICKER
                                .replace("\"F\":3731178738", "\"F\":-1")
                                .replace("\"L\":3735683259", "\"L\":-1"));
        assertThat(ticker.details()).isNotNull();
        assertThat(ticker.details().firstTradeId()).isEqualTo(-1);
        assertThat(ticker.details().lastTradeId()).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"x\":\"61902.64000000\",||field x is missing",
                "\"e\":\"24hrTicker\"|\"e\":\"1hTicker\"|neither 24hrTicker nor 24hrMiniTicker",
                "\"e\":\"24hrTicker\",||is missing",
                "\"c\":\"61837.63000000\"|\"c\":\"-1\"|field c is negative",
                "\"n\":4504522|\"n\":\"4504522\"|field n is not a whole number",
                "\"n\":4504522|\"n\":1,\"n\":1|field n is there twice",
                "\"p\"|\"ps\":\"BTCUSD\",\"p\"|field ps is of futures",
            })
    void whatIsWrongIsNamed(String part, String instead, String reason) {
        String payload = Payloads.TICKER.replace(part, instead == null ? "" : instead);
        assertThat(payload).isNotEqualTo(Payloads.TICKER);
        assertThatThrownBy(() -> decode("btcusdt@ticker", payload))
                .isInstanceOf(MalformedPayload.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"bidPrice\":\"61837.63000000\",||field b is missing",
                "\"symbol\":\"BTCUSDT\",||field s is missing",
                "\"symbol\":\"BTCUSDT\"|\"symbol\":\"ETHUSDT\"|field symbol is not BTCUSDT",
                "\"count\"|\"lastPrice\":\"1\",\"count\"|field c is there twice",
            })
    void whatIsWrongWithAnElementOfRestIsNamed(String part, String instead, String reason) {
        String payload = Payloads.REST_TICKER.replace(part, instead == null ? "" : instead);
        assertThat(payload).isNotEqualTo(Payloads.REST_TICKER);
        assertThatThrownBy(() -> decode("rest/ticker/24hr", payload))
                .isInstanceOf(MalformedPayload.class)
                .hasMessageContaining(reason);
    }
}
