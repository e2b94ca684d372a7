package io.tapeline.schemas.deribit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tapeline.schemas.Mutants;
import io.tapeline.schemas.Seeds;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.EpochNanos;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Venue;
import io.tapeline.schemas.raw.RawRecord;
import io.tapeline.schemas.wire.MalformedPayload;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeribitPricesTest {

    private static final Instrument BTC_USD = new Instrument(Venue.DERIBIT, "btc_usd");
    private static final String STREAM = "deribit_price_index.btc_usd";
    private static final String POLL = "rest/get_index_price?index_name=btc_usd";

    /** 2024-08-09T00:00:10Z */
    private static final EpochNanos RECEIVED = new EpochNanos(1_723_161_610_000_000_000L);

    private static final String NOTIFICATION =
            "{\"timestamp\":1723161609987,\"price\":61855.37,\"index_name\":\"btc_usd\"}";
    private static final String ANSWER =
            "{\"jsonrpc\":\"2.0\",\"result\":{\"index_price\":61855.37,"
                    + "\"estimated_delivery_price\":61850.1},\"usIn\":1723161609980001,"
                    + "\"usOut\":1723161609980123,\"usDiff\":122,\"testnet\":false}";

    @Test
    void theStreamTellsThePriceAsOfItsTimestamp() throws MalformedPayload {
        assertThat(decode(STREAM, NOTIFICATION))
                .isEqualTo(price("61855.37", 1_723_161_609_987_000L, "index"));
    }

    @Test
    void anAnswerTellsThePriceAsOfTheTimeItWasSent() throws MalformedPayload {
        assertThat(decode(POLL, ANSWER))
                .isEqualTo(price("61855.37", 1_723_161_609_980_123L, "get_index_price"));
    }

    @ParameterizedTest
    @CsvSource({
        "61855, 61855",
        "0.1, 0.1",
        "0, 0",
        "6.185537e4, 61855.37",
        "1.2E+3, 1200",
        "1.2e-08, 0.000000012",
        "0.000000000000000000012345, 0.000000000000000000012345"
    })
    void aNumberIsReadExactly(String written, String expected) throws MalformedPayload {
        assertThat(decode(STREAM, NOTIFICATION.replace("61855.37", written)).price())
                .isEqualTo(Price.of(expected));
    }

    @Test
    void fieldsNobodyKnowsAreSkipped() throws MalformedPayload {
        String more =
                "{\"extra\":{\"price\":[1,{\"a\":null}]},\"p\":1,\"price\":5,\"x\":true,"
                        + "\"index_name\":\"btc_usd\",\"timestamp\":1723161609987}";

        assertThat(decode(STREAM, more).price()).isEqualTo(Price.of("5"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"timestamp\":1,\"price\":null,\"index_name\":\"btc_usd\"} | price is null",
                "{\"timestamp\":1,\"index_name\":\"btc_usd\"} | price is missing",
                "{\"timestamp\":1,\"price\":\"5\",\"index_name\":\"btc_usd\"} | price is not a"
                        + " number",
                "{\"timestamp\":1,\"price\":{},\"index_name\":\"btc_usd\"} | price is not a number",
                "{\"timestamp\":1,\"price\":05,\"index_name\":\"btc_usd\"} | price is not a number",
                "{\"timestamp\":1,\"price\":-5,\"index_name\":\"btc_usd\"} | price is negative",
                "{\"timestamp\":1,\"price\":1e999,\"index_name\":\"btc_usd\"} | price is not a"
                        + " decimal",
                "{\"timestamp\":1,\"price\":1e-999999999,\"index_name\":\"btc_usd\"} | price is not"
                        + " a decimal",
                "{\"timestamp\":1,\"price\":5,\"price\":6,\"index_name\":\"btc_usd\"} | price is"
                        + " there twice",
                "{\"price\":5,\"index_name\":\"btc_usd\"} | timestamp is missing",
                "{\"timestamp\":null,\"price\":5,\"index_name\":\"btc_usd\"} | timestamp is not a"
                        + " whole number",
                "{\"timestamp\":1723161609987000,\"price\":5,\"index_name\":\"btc_usd\"} |"
                        + " timestamp lies more than a day after its receipt",
                "{\"timestamp\":1,\"price\":5,\"index_name\":\"eth_usd\"} | index_name is not"
                        + " btc_usd",
                "{\"timestamp\":1,\"price\":5} | index_name is missing",
                "[] | payload is not an object",
                "{\"timestamp\":1,\"price\":5,\"index_name\":\"btc_usd\"}x | goes on after its end"
            })
    void aWrongNotificationIsRefusedWithTheReason(String payload, String reason) {
        assertRefused(STREAM, payload, reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"error\":{\"code\":10028,\"message\":\"too_many_requests\"},\"usOut\":1} |"
                        + " request failed: 10028",
                "{\"error\":{\"message\":\"unknown\"},\"usOut\":1} | request failed, without a"
                        + " code",
                "{\"result\":null,\"usOut\":1} | result is not an object",
                "{\"result\":{},\"usOut\":1} | result.index_price is missing",
                "{\"result\":{\"index_price\":null},\"usOut\":1} | result.index_price is null",
                "{\"result\":{\"index_price\":5}} | usOut is missing",
                "{\"result\":{\"index_price\":5},\"result\":{},\"usOut\":1} | result is there twice"
            })
    void anErrorAndAWrongAnswerAreRefusedWithTheReason(String payload, String reason) {
        assertRefused(POLL, payload, reason);
    }

    @Test
    void anErrorThatIsNullIsNone() throws MalformedPayload {
        assertThat(decode(POLL, ANSWER.replace("{\"jsonrpc\"", "{\"error\":null,\"jsonrpc\"")))
                .isEqualTo(decode(POLL, ANSWER));
    }

    @Test
    void anotherStreamOrRequestIsRefused() {
        assertRefused("deribit_price_index.eth_usd", NOTIFICATION, "is not deribit_price_index");
        assertRefused("rest/get_index_price?index_name=eth_usd", ANSWER, "is not rest/get_index");
        assertRefused("rest/get_index_price", ANSWER, "is not rest/get_index_price of btc_usd");
        assertRefused("rest/simple/price", ANSWER, "is not rest/get_index_price of btc_usd");
    }

    @Test
    void aPayloadCutShortAnywhereIsMalformed() {
        Mutants.cutShort(NOTIFICATION, each -> record(STREAM, each), DeribitPrices::decode);
        Mutants.cutShort(ANSWER, each -> record(POLL, each), DeribitPrices::decode);
    }

    @Test
    void aBrokenPayloadGivesAPriceOrIsMalformed() {
        Mutants mutants = new Mutants(Seeds.random(DeribitPricesTest.class));
        mutants.check(NOTIFICATION, each -> record(STREAM, each), DeribitPrices::decode);
        mutants.check(ANSWER, each -> record(POLL, each), DeribitPrices::decode);
    }

    private static void assertRefused(String stream, String payload, String reason) {
        assertThatExceptionOfType(MalformedPayload.class)
                .isThrownBy(() -> decode(stream, payload))
                .withMessageContaining(reason);
    }

    private static LatestPrice decode(String stream, String payload) throws MalformedPayload {
        return DeribitPrices.decode(record(stream, payload.getBytes(StandardCharsets.UTF_8)));
    }

    private static RawRecord record(String stream, byte[] payload) {
        ExchangeTimeUnit unit =
                stream.startsWith("rest/")
                        ? ExchangeTimeUnit.MICROSECONDS
                        : ExchangeTimeUnit.MILLISECONDS;
        return new RawRecord(BTC_USD, payload, stream, "a", RECEIVED, unit);
    }

    private static LatestPrice price(String price, long eventTimeUs, String source) {
        return new LatestPrice(
                BTC_USD, new EpochMicros(eventTimeUs), Price.of(price), null, null, source);
    }
}
