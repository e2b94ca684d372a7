package io.tapeline.schemas.coingecko;

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

class CoinGeckoPricesTest {

    private static final String BITCOIN =
            "{\"usd\":61855,\"eur\":56647.12,\"usd_24h_vol\":1.2e+10,\"last_updated_at\":1723161599}";

    /** 2024-08-09T00:00:10Z */
    private static final EpochNanos RECEIVED = new EpochNanos(1_723_161_610_000_000_000L);

    @Test
    void aCoinHasAPriceInEachCurrencyAsOfItsLastUpdate() throws MalformedPayload {
        assertThat(decode("bitcoin-usd", BITCOIN))
                .isEqualTo(price("bitcoin-usd", "61855", 1_723_161_599_000_000L));
        assertThat(decode("bitcoin-eur", BITCOIN))
                .isEqualTo(price("bitcoin-eur", "56647.12", 1_723_161_599_000_000L));
    }

    @Test
    void theCurrencyFollowsTheLastHyphen() throws MalformedPayload {
        assertThat(decode("bitcoin-cash-usd", BITCOIN))
                .isEqualTo(price("bitcoin-cash-usd", "61855", 1_723_161_599_000_000L));
    }

    @Test
    void withoutALastUpdateThePriceIsAsOfItsReceipt() throws MalformedPayload {
        assertThat(decode("bitcoin-usd", "{\"usd\":1}"))
                .isEqualTo(price("bitcoin-usd", "1", 1_723_161_610_000_000L));
        assertThat(decode("bitcoin-usd", "{\"usd\":1,\"last_updated_at\":null}"))
                .isEqualTo(price("bitcoin-usd", "1", 1_723_161_610_000_000L));
    }

    @ParameterizedTest
    @CsvSource({
        "1.2e-08, 0.000000012",
        "7.123456789012345e-22, 0.0000000000000000000007123456789012345",
        "1.5e+22, 15000000000000000000000",
        "0.0, 0",
        "123456789.123456789, 123456789.123456789"
    })
    void aNumberIsReadExactly(String written, String expected) throws MalformedPayload {
        assertThat(decode("pepe-usd", "{\"usd\":" + written + "}").price())
                .isEqualTo(Price.of(expected));
    }

    @Test
    void aCurrencyOfOneLetterIsOneToo() throws MalformedPayload {
        assertThat(decode("bitcoin-x", "{\"y\":1,\"x\":2}").price()).isEqualTo(Price.of("2"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | usd is missing",
                "{\"eur\":5,\"last_updated_at\":1} | usd is missing",
                "{\"usd\":null,\"last_updated_at\":1} | usd is null",
                "{\"usd\":\"5\"} | usd is not a number",
                "{\"usd\":true} | usd is not a number",
                "{\"usd\":-1} | usd is negative",
                "{\"usd\":1e400} | usd is not a decimal",
                "{\"usd\":1e-2000000000} | usd is not a decimal",
                "{\"usd\":1,\"usd\":2} | usd is there twice",
                "{\"usd\":1,\"last_updated_at\":\"1\"} | last_updated_at is not a whole number",
                "{\"usd\":1,\"last_updated_at\":-1} | last_updated_at is not a time",
                "{\"usd\":1,\"last_updated_at\":9223372036854775807} | last_updated_at is not a"
                        + " time",
                "{\"usd\":1,\"last_updated_at\":1723161599000} | last_updated_at lies more than a"
                        + " day after",
                "{\"status\":{\"error_code\":429,\"error_message\":\"You have\"}} | request failed:"
                        + " 429",
                "[{\"usd\":1}] | payload is not an object",
                "null | payload is not an object"
            })
    void anErrorAndAWrongObjectAreRefusedWithTheReason(String payload, String reason) {
        assertRefused("bitcoin-usd", payload, reason);
    }

    @Test
    void aSymbolWithoutACurrencyAndAnotherRequestAreRefused() {
        assertRefused("bitcoin", BITCOIN, "is not a coin, a hyphen, a currency");
        assertRefused("bitcoin-", BITCOIN, "is not a coin, a hyphen, a currency");
        assertThatExceptionOfType(MalformedPayload.class)
                .isThrownBy(() ->
                        CoinGeckoPrices.decode(
                                record("bitcoin-usd", "rest/coins/markets", BITCOIN)))
                .withMessageContaining("is not rest/simple/price");
    }

    @Test
    void aPayloadCutShortAnywhereIsMalformed() {
        Mutants.cutShort(BITCOIN, CoinGeckoPricesTest::record, CoinGeckoPrices::decode);
    }

    @Test
    void aBrokenPayloadGivesAPriceOrIsMalformed() {
        new Mutants(Seeds.random(CoinGeckoPricesTest.class))
                .check(BITCOIN, CoinGeckoPricesTest::record, CoinGeckoPrices::decode);
    }

    private static void assertRefused(String symbol, String payload, String reason) {
        assertThatExceptionOfType(MalformedPayload.class)
                .isThrownBy(() -> decode(symbol, payload))
                .withMessageContaining(reason);
    }

    private static LatestPrice decode(String symbol, String payload) throws MalformedPayload {
        return CoinGeckoPrices.decode(
                record(symbol, "rest/simple/price?ids=coins&vs_currencies=usd", payload));
    }

    private static RawRecord record(byte[] payload) {
        return record("bitcoin-usd", "rest/simple/price?ids=bitcoin&vs_currencies=usd", payload);
    }

    private static RawRecord record(String symbol, String stream, String payload) {
        return record(symbol, stream, payload.getBytes(StandardCharsets.UTF_8));
    }

    private static RawRecord record(String symbol, String stream, byte[] payload) {
        return new RawRecord(
                new Instrument(Venue.COINGECKO, symbol),
                payload,
                stream,
                "rest",
                RECEIVED,
                ExchangeTimeUnit.MILLISECONDS);
    }

    private static LatestPrice price(String symbol, String price, long eventTimeUs) {
        return new LatestPrice(
                new Instrument(Venue.COINGECKO, symbol),
                new EpochMicros(eventTimeUs),
                Price.of(price),
                null,
                null,
                "simple/price");
    }
}
