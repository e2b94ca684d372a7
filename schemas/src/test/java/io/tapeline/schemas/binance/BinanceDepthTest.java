package io.tapeline.schemas.binance;

import static io.tapeline.schemas.binance.Records.BTCUSDT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeline.schemas.market.DepthMessage;
import io.tapeline.schemas.market.DepthSnapshot;
import io.tapeline.schemas.market.DepthUpdate;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import io.tapeline.schemas.wire.MalformedPayload;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BinanceDepthTest {

    private static final DepthUpdate UPDATE =
            new DepthUpdate(
                    BTCUSDT,
                    new EpochMicros(1_723_161_255_208_000L),
                    50_093_239_189L,
                    50_093_239_202L,
                    levels("61737.63", "0", "61730.17", "1.5"),
                    levels("61837.64", "1.54698"));

    private static Levels levels(String... pricesAndQuantities) {
        List<Price> prices = new ArrayList<>();
        List<Quantity> quantities = new ArrayList<>();
        for (int i = 0; i < pricesAndQuantities.length; i += 2) {
            prices.add(Price.of(pricesAndQuantities[i]));
            quantities.add(Quantity.of(pricesAndQuantities[i + 1]));
        }
        return Levels.of(prices, quantities);
    }

    private static DepthMessage update(String payload) throws MalformedPayload {
        return BinanceDepth.decode(Records.stream("btcusdt@depth@100ms", payload));
    }

    private static DepthMessage snapshot(String stream, String payload) throws MalformedPayload {
        return BinanceDepth.decode(Records.stream(stream, payload));
    }

    @Test
    void aDiffIsRead() throws MalformedPayload {
        assertThat(update(Payloads.DEPTH_UPDATE)).isEqualTo(UPDATE);
    }

    @Test
    void levelsHaveTheSmallestScalesThatAreExact() throws MalformedPayload {
        Levels bids = ((DepthUpdate) update(Payloads.DEPTH_UPDATE)).bids();
        assertThat(bids.isCompact()).isTrue();
        assertThat(bids.priceScale()).isEqualTo(2);
        assertThat(bids.quantityScale()).isEqualTo(1);
        assertThat(bids.priceMantissa(1)).isEqualTo(6_173_017);
    }

    @Test
    void theOrderOfFieldsAndWhiteSpaceDoNotMatter() throws MalformedPayload {
        assertThat(
                        update(
                                """
                                 {
                                  "a" : [ [ "61837.64000000" ,\t"1.54698000" ] ] ,
                                  "new" : {"deep": [1, -2.5e+3, null, true, {"b": "]}"}], "\\"": []},
                                  "b":[["61737.63000000","0.00000000"], ["61730.17000000","1.50000000"]],
                                  "u":50093239202, "U":50093239189, "s":"BTCUSDT", "E":1723161255208,
                                  "e":"depthUpdate" }\r
                                """))
                .isEqualTo(UPDATE);
    }

    @Test
    void escapesInKeysAndTextsAreRead() throws MalformedPayload {
        assertThat(
                        update(
                                Payloads.DEPTH_UPDATE
                                        .replace("\"e\"", "\"\\u0065\"")
                                        .replace("\"BTCUSDT\"", "\"BT\\u0043USDT\"")
                                        .replace("\"61737.63000000\"", "\"61737\\u002e63\"")))
                .isEqualTo(UPDATE);
    }

    @Test
    void aSymbolNeedNotBeAscii() throws MalformedPayload {
        Instrument instrument = Instrument.binance("币安人生USDT");
        DepthMessage message =
                BinanceDepth.decode(
                        Records.of(
                                instrument,
                                "币安人生usdt@depth@100ms",
                                Payloads.DEPTH_UPDATE.replace("BTCUSDT", "币安人生USDT"),
                                ExchangeTimeUnit.MILLISECONDS));
        assertThat(message.instrument()).isEqualTo(instrument);
    }

    @Test
    void timesAreInTheUnitOfTheRecord() throws MalformedPayload {
        DepthMessage message =
                BinanceDepth.decode(
                        Records.of(
                                BTCUSDT,
                                "btcusdt@depth@100ms",
                                Payloads.DEPTH_UPDATE.replace("1723161255208", "1723161255208123"),
                                ExchangeTimeUnit.MICROSECONDS));
        assertThat(((DepthUpdate) message).eventTime())
                .isEqualTo(new EpochMicros(1_723_161_255_208_123L));
    }

    @ParameterizedTest
    @CsvSource({
        "0.1, 0.00000001, 12345678901234567890123456789",
        "98765432109876543210, 0.000000000000000000000000000000000001, 1",
        "9223372036854775807, 0.1, 9223372036854775808",
        "0.123456789012345678, 0.1234567, 99",
        "1234567890123456789, 1, 1",
        "1234567890123456.12, 1, 1",
        "123456789012345678.12345678, 1, 1",
        "1e3, 1.5E-7, 7",
    })
    void valuesOfAnySizeAreExact(String price, String quantity, String other)
            throws MalformedPayload {
        String b =
                "\"b\":[[\"%s\",\"%s\"],[\"%s\",\"2\"],[\"3.25\",\"%s\"]]"
                        .formatted(price, quantity, other, price);
        DepthMessage message = update(Payloads.DEPTH_UPDATE.replaceAll("\"b\":\\[\\[.*?]]", b));
        assertThat(((DepthUpdate) message).bids())
                .isEqualTo(levels(price, quantity, other, "2", "3.25", price));
    }

    @Test
    void aSnapshotKnowsItsLimit() throws MalformedPayload {
        Levels bids = levels("61837.63", "3.78826", "61837.62", "0.617");
        Levels asks = levels("61837.64", "1.6052");
        assertThat(snapshot("rest/depth?limit=5000", Payloads.DEPTH))
                .isEqualTo(new DepthSnapshot(BTCUSDT, 50_093_239_218L, bids, asks, 5_000));
        assertThat(snapshot("rest/depth?symbol=BTCUSDT&limit=9999", Payloads.DEPTH))
                .isEqualTo(new DepthSnapshot(BTCUSDT, 50_093_239_218L, bids, asks, 5_000));
        assertThat(snapshot("rest/depth", Payloads.DEPTH))
                .isEqualTo(new DepthSnapshot(BTCUSDT, 50_093_239_218L, bids, asks, 100));
    }

    @Test
    void anEmptySideOfASnapshotIsEmpty() throws MalformedPayload {
        assertThat(snapshot("rest/depth?limit=5", "{\"lastUpdateId\":7,\"bids\":[],\"asks\":[ ]}"))
                .isEqualTo(new DepthSnapshot(BTCUSDT, 7, Levels.EMPTY, Levels.EMPTY, 5));
    }

    @Test
    void aLevelOfOldHasAnEmptyArrayMore() throws MalformedPayload {
        assertThat(
                        snapshot(
                                "rest/depth?limit=5",
                                "{\"lastUpdateId\":7,\"bids\":[[\"1\",\"2\",[]]],\"asks\":[]}"))
                .isEqualTo(new DepthSnapshot(BTCUSDT, 7, levels("1", "2"), Levels.EMPTY, 5));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"e\":\"depthUpdate\",| | field e is missing",
                "\"e\":\"depthUpdate\"|\"e\":\"trade\" | field e is not depthUpdate",
                "\"e\":\"depthUpdate\"|\"e\":5 | field e is not a text",
                "\"s\":\"BTCUSDT\"|\"s\":\"ETHUSDT\" | field s is not BTCUSDT",
                "\"s\":\"BTCUSDT\"|\"s\":\"BTCUSDTX\" | field s is not BTCUSDT",
                "\"s\":\"BTCUSDT\"|\"s\":\"BTCUSD\" | field s is not BTCUSDT",
                "\"U\":50093239189|\"U\":50093239203 | field u is below U",
                "\"U\":50093239189|\"U\":-1 | field u is below U",
                "\"U\":50093239189|\"U\":\"1\" | field U is not a whole number",
                "\"U\":50093239189|\"U\":01 | field U is not a whole number",
                "\"U\":50093239189|\"U\":null | field U is not a whole number",
                "\"U\":50093239189|\"U\":1.5 | goes on where its value should end",
                "\"U\":50093239189|\"U\":1e5 | goes on where its value should end",
                "\"U\":50093239189|\"U\":9223372036854775808 | field U does not fit in 64 bits",
                "\"U\":50093239189|\"U\":123456789012345678901 | field U does not fit in 64 bits",
                "\"U\":50093239189|\"U\":1,\"U\":2 | field U is there twice",
                "\"E\":1723161255208|\"E\":-5 | field E is a time before 1970",
                "\"E\":1723161255208|\"E\":9223372036854775807 | field E is too large for a time",
                "\"61737.63000000\"|61737.63 | field b is not a decimal in quotes",
                "\"61737.63000000\"|\"\" | field b is not a decimal",
                "\"61737.63000000\"|\"61737.\" | field b is not a decimal",
                "\"61737.63000000\"|\"6173x7.63\" | field b is not a decimal",
                "\"61737.63000000\"|\"-61737.63\" | field b is negative",
                "\"61737.63000000\"|\"-1e30\" | field b is negative",
                "\"61737.63000000\"|null | field b is not a decimal in quotes",
                "\"61737.63000000\",| | field b is missing",
                "\"a\":[[|\"a\":[{ | field a is not an array",
                "\"a\":[[|\"a\":{[ | field a is not an array",
                ",\"a\":|,\"n\":[01],\"a\": | is not a value of JSON",
                ",\"a\":|,\"n\":[1,],\"a\": | is not a value of JSON",
                ",\"a\":|,\"n\":truth,\"a\": | is not a value of JSON",
                ",\"a\":|,\"n\":\"\\x\",\"a\": | has an escape",
                ",\"a\":|,\"n\":\"\\u12g4\",\"a\": | has an escape",
                ",\"a\":|,\"\"\":1,\"a\": | has a key without a colon",
                ",\"a\":|,n:1,\"a\": | has a key without quotes",
                ",\"a\":|,\"n\" 1,\"a\": | has a key without a colon",
                "\"u\":|\"pu\":50093239188,\"u\": | field pu is of futures, not of spot",
                "\"u\":|\"ps\":\"BTCUSD\",\"u\": | field ps is of futures, not of spot",
            })
    void whatIsWrongIsNamed(String part, String instead, String reason) {
        String payload = Payloads.DEPTH_UPDATE.replace(part, instead == null ? "" : instead);
        assertThat(payload).isNotEqualTo(Payloads.DEPTH_UPDATE);
        assertThatThrownBy(() -> update(payload))
                .isInstanceOf(MalformedPayload.class)
                .hasMessageStartingWith("depthUpdate: ")
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "{}",
                "{\"result\":null,\"id\":2}",
                "<html>",
                "{\"stream\":\"btcusdt@depth\",\"data\":{}}",
                "{\"lastUpdateId\":1,\"bids\":[],\"asks\":[]}",
            })
    void whatIsNoDiffIsRefused(String payload) {
        assertThatThrownBy(() -> update(payload)).isInstanceOf(MalformedPayload.class);
    }

    @Test
    void nothingMayFollow() {
        assertThatThrownBy(() -> update(Payloads.DEPTH_UPDATE + "{}"))
                .hasMessageContaining("goes on after its end");
    }

    @Test
    void deepNestingIsRefused() {
        String deep = "[".repeat(100_000);
        assertThatThrownBy(() -> update("{\"x\":" + deep))
                .isInstanceOf(MalformedPayload.class)
                .hasMessageContaining("nested deeper than 32");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rest/depth?limit=5000 | {\"code\":-1121,\"msg\":\"Invalid symbol.\"} |"
                        + " lastUpdateId is missing",
                "rest/depth?limit=5000 | {\"lastUpdateId\":5,\"bids\":[]} | asks is missing",
                "rest/depth?limit=5000 | {\"lastUpdateId\":-5,\"bids\":[],\"asks\":[]} | negative",
                "rest/depth?limit=x | {} | limit is not a number",
                "rest/depth?limit=0 | {} | limit is not a number",
                "rest/depths | {} | is not rest/depth",
                "rest/klines?interval=1m | [] | is not rest/depth",
            })
    void anAnswerThatIsNoSnapshotIsRefused(String stream, String payload, String reason) {
        assertThatThrownBy(() -> snapshot(stream, payload))
                .isInstanceOf(MalformedPayload.class)
                .hasMessageContaining(reason);
    }
}
