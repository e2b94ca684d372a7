package io.tapeline.schemas.binance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.proto.InstrumentInfo;
import io.tapeline.schemas.proto.InstrumentStatus;
import io.tapeline.schemas.wire.MalformedPayload;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExchangeInfoDecoderTest {

    static final String BODY =
            """
            {"timezone":"UTC","serverTime":1723161255208,
             "rateLimits":[{"rateLimitType":"REQUEST_WEIGHT","interval":"MINUTE","intervalNum":1,"limit":6000}],
             "exchangeFilters":[],
             "symbols":[
              {"symbol":"BTCUSDT","status":"TRADING","baseAsset":"BTC","baseAssetPrecision":8,
               "quoteAsset":"USDT","orderTypes":["LIMIT","MARKET"],"isSpotTradingAllowed":true,
               "filters":[
                {"filterType":"PRICE_FILTER","minPrice":"0.01000000","maxPrice":"1000000.00000000","tickSize":"0.01000000"},
                {"filterType":"LOT_SIZE","minQty":"0.00001000","maxQty":"9000.00000000","stepSize":"0.00001000"},
                {"filterType":"MARKET_LOT_SIZE","minQty":"0","maxQty":"100","stepSize":"0.5"},
                {"filterType":"NOTIONAL","minNotional":"5.00000000","applyMinToMarket":true},
                {"filterType":"A_FILTER_OF_TOMORROW","levels":[{"a":[1]}]}],
               "permissionSets":[["SPOT","TRD_GRP_004","MARGIN"],["TRD_GRP_005"]],"amendAllowed":false},
              {"symbol":"币安人生USDT","status":"CANCEL_ONLY","baseAsset":"币安人生","quoteAsset":"USDT","filters":[
                {"filterType":"MIN_NOTIONAL","minNotional":"10"}]},
              {"symbol":"OLDBTC","status":"A_STATUS_OF_TOMORROW","baseAsset":"OLD","quoteAsset":"BTC"}]}
            """;

    /** The exchange's own text, its fields in their order; of the sets only what is no group. */
    private static final String RULES =
            """
            {"symbol":"BTCUSDT","status":"TRADING","baseAsset":"BTC","baseAssetPrecision":8,\
            "quoteAsset":"USDT","orderTypes":["LIMIT","MARKET"],"isSpotTradingAllowed":true,\
            "filters":[
                {"filterType":"PRICE_FILTER","minPrice":"0.01000000","maxPrice":"1000000.00000000","tickSize":"0.01000000"},
                {"filterType":"LOT_SIZE","minQty":"0.00001000","maxQty":"9000.00000000","stepSize":"0.00001000"},
                {"filterType":"MARKET_LOT_SIZE","minQty":"0","maxQty":"100","stepSize":"0.5"},
                {"filterType":"NOTIONAL","minNotional":"5.00000000","applyMinToMarket":true},
                {"filterType":"A_FILTER_OF_TOMORROW","levels":[{"a":[1]}]}],\
            "amendAllowed":false,"permissionSets":[["SPOT","MARGIN"],[]]}\
            """;

    private static List<InstrumentInfo> decode(String body) throws MalformedPayload {
        return ExchangeInfoDecoder.decode(
                body.getBytes(StandardCharsets.UTF_8), new EpochMicros(1_723_161_255_208_000L));
    }

    private static InstrumentInfo.Builder info(String instrument, String base, String quote) {
        return InstrumentInfo.newBuilder()
                .setInstrument(instrument)
                .setBaseAsset(base)
                .setQuoteAsset(quote)
                .setFirstSeenUs(1_723_161_255_208_000L)
                .setUpdatedUs(1_723_161_255_208_000L);
    }

    @Test
    void everySymbolIsReadInOrder() throws MalformedPayload {
        assertThat(decode(BODY))
                .containsExactly(
                        info("binance:BTCUSDT", "BTC", "USDT")
                                .setStatus(InstrumentStatus.INSTRUMENT_STATUS_TRADING)
                                .setVenueStatus("TRADING")
                                .setTickSize("0.01000000")
                                .setStepSize("0.00001000")
                                .setMinNotional("5.00000000")
                                .setVenueRules(RULES)
                                .build(),
                        info("binance:币安人生USDT", "币安人生", "USDT")
                                .setStatus(InstrumentStatus.INSTRUMENT_STATUS_HALTED)
                                .setVenueStatus("CANCEL_ONLY")
                                .setMinNotional("10")
                                .setVenueRules(
                                        "{\"symbol\":\"币安人生USDT\",\"status\":\"CANCEL_ONLY\","
                                                + "\"baseAsset\":\"币安人生\",\"quoteAsset\":\"USDT\","
                                                + "\"filters\":[\n    {\"filterType\":"
                                                + "\"MIN_NOTIONAL\",\"minNotional\":\"10\"}]}")
                                .build(),
                        info("binance:OLDBTC", "OLD", "BTC")
                                .setStatus(InstrumentStatus.INSTRUMENT_STATUS_HALTED)
                                .setVenueStatus("A_STATUS_OF_TOMORROW")
                                .setVenueRules(
                                        "{\"symbol\":\"OLDBTC\",\"status\":\"A_STATUS_OF_TOMORROW\","
                                            + "\"baseAsset\":\"OLD\",\"quoteAsset\":\"BTC\"}")
                                .build());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"symbols\"|\"syllables\"|field symbols is missing",
                "\"symbols\":[|\"symbols\":{|is START_OBJECT, not START_ARRAY",
                "\"symbol\":\"OLDBTC\",||field symbol of a symbol is missing",
                "\"symbol\":\"OLDBTC\"|\"symbol\":\"BTCUSDT\"|binance:BTCUSDT is there twice",
                "\"symbol\":\"OLDBTC\"|\"symbol\":\"OLD BTC\"|white space",
                "\"status\":\"TRADING\",||field status of a symbol is missing",
                "\"status\":\"TRADING\"|\"status\":5|field status is VALUE_NUMBER_INT",
                "\"baseAsset\":\"OLD\",||field baseAsset of a symbol is missing",
                "\"tickSize\":\"0.01000000\"|\"tickSize\":\"cheap\"|field tickSize is not a"
                        + " decimal",
            })
    void whatIsWrongIsNamed(String part, String instead, String reason) {
        String body = BODY.replace(part, instead == null ? "" : instead);
        assertThat(body).isNotEqualTo(BODY);
        assertThatThrownBy(() -> decode(body))
                .isInstanceOf(MalformedPayload.class)
                .hasMessageStartingWith("exchangeInfo: ")
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "<html><body>403 Forbidden</body></html>",
                "{\"symbols\":[",
                "{\"symbols\":[]}{}"
            })
    void whatIsNoAnswerIsRefused(String body) {
        assertThatThrownBy(() -> decode(body)).isInstanceOf(MalformedPayload.class);
    }

    @Test
    void anAnswerThatIsNotUtf8IsRefused() {
        for (var other :
                List.of(
                        StandardCharsets.UTF_16LE,
                        StandardCharsets.UTF_16BE,
                        StandardCharsets.UTF_32BE)) {
            assertThatThrownBy(() ->
                            ExchangeInfoDecoder.decode(BODY.getBytes(other), new EpochMicros(5)))
                    .isInstanceOf(MalformedPayload.class)
                    .hasMessageContaining("UTF-8");
        }
    }
}
